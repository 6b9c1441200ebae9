namespace Crdt.Tests.Simulation.Worlds;

/// <summary>What becomes of a write to a store.</summary>
internal enum WriteFault
{
    /// <summary>It succeeds.</summary>
    None,

    /// <summary>The disk is full.</summary>
    Refused,

    /// <summary>The replica dies before it is durable.</summary>
    CrashBefore,

    /// <summary>The replica dies when it is durable, before it is acknowledged.</summary>
    CrashAfter,
}
