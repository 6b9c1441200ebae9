using System.Runtime.CompilerServices;

namespace Crdt.Browser;

/// <summary>What the parts of one replica have to know of each other, in whichever order they were chosen.</summary>
internal sealed class BrowserParts
{
    private static readonly ConditionalWeakTable<GraphReplicaOptions, BrowserParts> All = [];

    /// <summary>Names the database of the truth; null where that isn't in IndexedDB.</summary>
    public Func<string>? Database { get; set; }

    /// <summary>How many bytes the graph's pool may take; null where there is no graph.</summary>
    public long? Pool { get; set; }

    /// <summary>The parts of a replica that is being made.</summary>
    public static BrowserParts Of(GraphReplicaOptions options) => All.GetOrCreateValue(options);
}
