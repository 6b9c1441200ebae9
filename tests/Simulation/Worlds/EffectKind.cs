namespace Crdt.Tests.Simulation.Worlds;

/// <summary>Effects that can be reckoned without merging.</summary>
internal enum EffectKind
{
    /// <summary>An amount was added to a counter.</summary>
    Count,

    /// <summary>Something came that never came before.</summary>
    Add,

    /// <summary>It went, and never comes again.</summary>
    Remove,

    /// <summary>A number was held against the highest or the lowest so far.</summary>
    Extreme,
}
