using Crdt.Clocks;
using Crdt.Codec;

namespace Crdt.Types.Lists;

/// <content>To bytes and back: <c>item := stamp[8] block(position) stamp[8] value</c> under <c>id := replica[16] number</c>.</content>
public sealed partial class OrderedList<T, TCodec>
{
    private protected override void WriteKey(ref WireWriter writer, Dot key)
    {
        writer.WriteReplica(key.Replica);
        writer.WriteVarint(key.Counter);
    }

    private protected override Dot ReadKey(ref WireReader reader)
    {
        var id = new Dot(reader.ReadReplica(), reader.ReadVarint());
        return id.Counter > 0 ? id : throw reader.Malformed("dots count from 1");
    }

    private protected override void WritePayload(ref WireWriter writer, ListItem<T> payload)
    {
        writer.WriteUInt64(payload.Moved.Value);
        var mark = writer.BeginBlock();
        payload.Position.Write(ref writer);
        writer.EndBlock(mark);
        writer.WriteUInt64(payload.Changed.Value);
        TCodec.Write(ref writer, payload.Value);
    }

    private protected override ListItem<T> ReadPayload(ref WireReader reader)
    {
        var moved = new Stamp(reader.ReadUInt64());
        var position = ListPosition.Read(reader.ReadNested());
        return new(moved, position, new(reader.ReadUInt64()), TCodec.Read(ref reader));
    }
}
