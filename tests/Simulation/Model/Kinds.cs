using Crdt.Entities;

namespace Crdt.Tests.Simulation.Model;

/// <summary>The types of the simulated graph.</summary>
internal static class Kinds
{
    public static Kind Ledger { get; } = Kind.Node<Ledger>("a", "b");

    public static Kind Depot { get; } = Kind.Node<Depot>(new Guid("00112233-4455-6677-8899-aabbccddeeff"));

    public static Kind Ticket { get; } = Kind.Node<Ticket>();

    /// <summary>Those that are created, written, deleted and created again in any order.</summary>
    public static Kind[] Wild { get; } = Nodes();

    public static IReadOnlyDictionary<uint, Kind> ByType { get; } = Wild.Append(Ledger).Append(Depot).Append(Ticket).ToDictionary(kind => kind.Type.Id);

    private static Kind[] Nodes()
    {
        // Two keys that look the same, in the two normal forms of Unicode.
        var (gadgets, hubs) = (Kind.Node<Gadget>("\u00e9", "e\u0301"), Kind.Node<Hub>(0, 1, 2));
        EntityId[] ends = hubs.Ids;
        return
        [
            gadgets,
            Kind.Node<Kit>(0, 1),
            Kind.Node<Ruled>(0),
            hubs,
            Kind.Relationship<Knows>(gadgets.Ids, gadgets.Ids),
            Kind.Relationship<Owns>(ends, ends),
            Kind.Relationship<Leads>(ends, ends),
            Kind.Relationship<Pairs>(ends, gadgets.Ids, 1, 2),
            Kind.Relationship<Calls>(ends, ends),
        ];
    }
}
