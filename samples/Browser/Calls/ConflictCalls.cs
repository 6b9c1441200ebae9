using System.Runtime.InteropServices.JavaScript;
using System.Runtime.Versioning;
using Crdt.Samples.Browser.Answers;
using Crdt.Samples.Browser.Sharing;

namespace Crdt.Samples.Browser.Calls;

/// <summary>What the page asks and decides of conflicts.</summary>
[SupportedOSPlatform("browser")]
internal static partial class ConflictCalls
{
    /// <summary>All that there are: a list of <see cref="ConflictAnswer"/>.</summary>
    [JSExport]
    public static async Task<string> ReadConflicts() => Json.Write(await new Inbox(SharedGraph.Current.Replica).ReadAsync(), Json.Types.ConflictAnswerArray);

    /// <summary>Settles one by one of its choices.</summary>
    [JSExport]
    public static Task Settle(string id, int choice) => new Inbox(SharedGraph.Current.Replica).SettleAsync(id, choice);
}
