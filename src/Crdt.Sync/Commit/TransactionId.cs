using System.Globalization;
using Crdt.Clocks;

namespace Crdt.Sync.Commit;

/// <summary>Which distributed transaction: the incarnation that coordinates it, and its number there. None that anybody was asked for is given twice.</summary>
/// <param name="Coordinator">The incarnation of the coordinator. A restored copy has another one, and so can't be taken for it.</param>
/// <param name="Number">1, 2, 3 …; a restart may leave some out.</param>
public readonly record struct TransactionId(ReplicaId Coordinator, ulong Number) : IComparable<TransactionId>
{
    /// <summary>By coordinator, then by number.</summary>
    public int CompareTo(TransactionId other) =>
        Coordinator.CompareTo(other.Coordinator) is not 0 and var order ? order : Number.CompareTo(other.Number);

    /// <summary>The coordinator in hexadecimal digits, and the number.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Coordinator}:{Number}");
}
