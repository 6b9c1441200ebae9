using System.Runtime.InteropServices.JavaScript;
using System.Runtime.Versioning;
using Crdt.Browser;
using Crdt.Samples.Browser.Answers;
using Crdt.Samples.Browser.Sharing;

namespace Crdt.Samples.Browser.Calls;

/// <summary>What the page calls about the replica itself.</summary>
[SupportedOSPlatform("browser")]
internal static partial class ReplicaCalls
{
    /// <summary>Loads what any tab can have loaded, so that the one whose turn comes has less to wait for.</summary>
    [JSExport]
    public static Task Prepare() => BrowserModule.LoadAsync();

    /// <summary>Opens the replica, once.</summary>
    [JSExport]
    public static Task Open(string name, string hub) => SharedGraph.OpenAsync(name, new Uri(hub));

    [JSExport]
    public static Task SetOnline(bool isOnline) => SharedGraph.Current.SetOnlineAsync(isOnline);

    /// <summary>How it stands: a <see cref="StateAnswer"/>.</summary>
    [JSExport]
    public static async Task<string> ReadState() => Json.Write(await StateAnswer.OfAsync(SharedGraph.Current), Json.Types.StateAnswer);

    /// <summary>What is inside: an <see cref="InsideAnswer"/>.</summary>
    [JSExport]
    public static async Task<string> ReadInside() => Json.Write(await InsideAnswer.OfAsync(SharedGraph.Current.Replica), Json.Types.InsideAnswer);
}
