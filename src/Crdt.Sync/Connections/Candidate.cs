using Crdt.Entities;
using Crdt.Schema;

namespace Crdt.Sync.Connections;

/// <summary>A relationship that is alive between nodes that are, and so would be shown if its type had no multiplicity.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Id">Which relationship.</param>
/// <param name="Connection">When it was connected, and by whom.</param>
internal readonly record struct Candidate(EntityType Type, EntityId Id, Connection Connection) : IComparable<Candidate>
{
    /// <summary>By connection, then by id, for a transaction may connect two with one stamp: no two are equal.</summary>
    public int CompareTo(Candidate other)
    {
        var order = Connection.CompareTo(other.Connection);
        return order != 0 ? order : Id.CompareTo(other.Id);
    }
}
