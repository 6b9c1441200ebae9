using System.Runtime.InteropServices.JavaScript;
using System.Runtime.Versioning;

namespace Crdt.Samples.Browser.Calls;

/// <summary>What the page is told without asking.</summary>
[SupportedOSPlatform("browser")]
internal static partial class Page
{
    /// <summary>Says that something it shows may have changed.</summary>
    [JSImport("tellChange", "page")]
    public static partial void TellChange();
}
