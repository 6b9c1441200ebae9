using Crdt.Codec;
using Crdt.Schema;
using Crdt.Types.Counters;
using Crdt.Types.Maps;
using Crdt.Types.Registers;
using Crdt.Types.Sets;
using static Crdt.Tests.Vectors.Catalog.Made;

namespace Crdt.Tests.Vectors.Catalog;

/// <summary>Fields that the reader lacks, of kinds that it knows and of kinds that nobody knows yet.</summary>
internal static class UnknownVectors
{
    public static IEnumerable<Vector> All() =>
    [
        Entity("fields that are unknown", "A newer build writes the name, the stock, a tag and a label; the reader knows no field at all.", Subjects.Several.Without(_ => true), Several()),
        Entity("fields that are partly unknown", "The same bytes; the reader knows the stock alone.", Subjects.Several.Without(i => Subjects.Several.Fields[i].Name != "Stock"), Several()),
        Future("a kind to come, of writes", 0b1010_01_01, [0, 2, 3, 1, 2, 3]),
        Future("a kind to come, of keys", 0b1010_01_10, [1, 0x61, 2, 0, 2]),
        Future("a kind to come, of keys with writes", 0b1010_01_11, [1, 0x61, 3, 0, 2, 0, 1, 0x62, 4, 0, 1, 1, 9]),
    ];

    private static byte[] Several()
    {
        var state = new Stage().Create(Subjects.Several);
        state.Get<LwwRegister<string, TextCodec>>("Name").Value = "n";
        state.Get<Counter>("Stock").Add(3);
        state.Get<OrSet<string, TextCodec>>("Tags").Add("t");
        state.Get<OrMap<string, TextCodec, string, TextCodec>>("Labels")["k"] = "v";
        return state.Encode();
    }

    private static Vector Future(string name, byte kind, byte[] store)
    {
        var writer = new WireWriter(64);
        writer.WriteByte(1);
        writer.WriteBlock(Subjects.Liveness.Id.Bytes);
        writer.WriteVarint(1);
        writer.WriteReplica(Stage.A);
        writer.WriteBlock([0, 1, 1]);
        writer.WriteBlock([0, 1]);
        writer.WriteUInt32(SchemaHash.Of("Future"));
        writer.WriteByte(kind);
        writer.WriteBlock(store);
        return Entity(name, $"The field \"Future\" of kind 0x{kind:x2}, whose low bits say what it is made of.", Subjects.Liveness, writer.Finish());
    }
}
