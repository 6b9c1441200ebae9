namespace Crdt.Testing.Histories;

/// <summary>What one operation does.</summary>
internal enum Step : byte
{
    Write,
    Remove,
    Create,
    Delete,
    Merge,
    Ship,
    Deliver,
    Fork,
    Reload,
    Tick,
    Elsewhere,
}
