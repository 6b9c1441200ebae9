using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Schema;
using Crdt.Storage;

namespace Crdt.Browser.Storage;

/// <summary>Whose store it is.</summary>
/// <param name="Name">The replica's name for people.</param>
/// <param name="Schema">The newest schema that it was opened with.</param>
/// <param name="Incarnations">The ids that it has written under, the last of them now.</param>
internal sealed record StoreIdentity(string Name, GraphSchema Schema, IReadOnlyList<Incarnation> Incarnations)
{
    public ReplicaId Replica => Incarnations[^1].Replica;

    /// <exception cref="WireFormatException">It is damaged.</exception>
    public static StoreIdentity Read(ReadOnlyMemory<byte> record)
    {
        var reader = new WireReader(record.Span);
        var name = reader.ReadText();
        var nested = reader.ReadNested();
        var schema = GraphSchema.Read(ref nested);
        return new(name, schema, Incarnation.ReadAll(reader.Rest));
    }

    public byte[] ToBytes()
    {
        var writer = new WireWriter(512);
        var nested = new WireWriter(256);
        writer.WriteText(Name);
        Schema.Write(ref nested);
        writer.WriteBlock(nested.Finish());
        foreach (var incarnation in Incarnations) incarnation.Write(ref writer);
        return writer.Finish();
    }
}
