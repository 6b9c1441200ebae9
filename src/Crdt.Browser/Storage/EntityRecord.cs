using Crdt.Codec;
using Crdt.Entities;
using Crdt.Storage;

namespace Crdt.Browser.Storage;

/// <summary>An entity as its record has it.</summary>
/// <param name="Row">The number by which projections know it.</param>
/// <param name="IsAlive">Whether it is alive.</param>
/// <param name="InConflict">Whether a person may want to settle something.</param>
/// <param name="Claims">The values of unique fields that it has.</param>
/// <param name="State">Its state.</param>
internal sealed record EntityRecord(long Row, bool IsAlive, bool InConflict, UniqueClaim[] Claims, ReadOnlyMemory<byte> State)
{
    private const byte AliveFlag = 1, ConflictFlag = 2;

    /// <exception cref="WireFormatException">It is damaged.</exception>
    public static EntityRecord Read(ReadOnlyMemory<byte> record)
    {
        var reader = new WireReader(record.Span);
        var (row, flags, claims) = ((long)reader.ReadVarint(), reader.ReadByte(), new UniqueClaim[reader.ReadCount(int.MaxValue, UniqueClaim.Size)]);
        for (var i = 0; i < claims.Length; i++) claims[i] = UniqueClaim.Read(reader.ReadBytes(UniqueClaim.Size));
        return new(row, (flags & AliveFlag) != 0, (flags & ConflictFlag) != 0, claims, record[^reader.Remaining..]);
    }

    public byte[] ToBytes()
    {
        var writer = new WireWriter(State.Length + 32);
        writer.WriteVarint((ulong)Row);
        writer.WriteByte((byte)((IsAlive ? AliveFlag : 0) | (InConflict ? ConflictFlag : 0)));
        writer.WriteVarint((ulong)Claims.Length);
        foreach (var claim in Claims) writer.WriteBytes(claim.ToBytes());
        writer.WriteBytes(State.Span);
        return writer.Finish();
    }

    /// <summary>The keys that lead to it besides its id.</summary>
    public IReadOnlyCollection<byte[]> KeysOf(EntityId id)
    {
        List<byte[]> keys = [EntityKeys.Row(Row), .. Claims.Select(EntityKeys.Claim)];
        if (!IsAlive) keys.Add(EntityKeys.Dead(id.TypeId));
        if (InConflict) keys.Add(EntityKeys.Conflict(id.Bytes));
        if (!id.IsRelationship) return keys;
        var (source, target) = id.Ends();
        keys.Add(EntityKeys.End(source.Bytes));
        if (target != source) keys.Add(EntityKeys.End(target.Bytes));
        return keys;
    }
}
