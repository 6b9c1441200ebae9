using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Sync.Health;

namespace Crdt.Sync.Signatures;

/// <summary>The origins that have signed two histories, one entry for each origin and lane, as they are noted in the store.</summary>
internal sealed class Equivocations
{
    /// <summary>Where they are noted: <c>{ block(lane) origin[16] first time[8] block(proof) }*</c>.</summary>
    public const string NoteKey = "equivocations";

    /// <summary>How many are kept. Of those beyond, the events are refused all the same.</summary>
    private const int MaxEntries = 16;

    private const int MaxLane = 256;
    private readonly List<Equivocation> _entries = [];

    private Equivocations(List<Equivocation> entries) => _entries = entries;

    /// <summary>Reads what was noted.</summary>
    /// <exception cref="WireFormatException">It is malformed.</exception>
    public Equivocations(ReadOnlyMemory<byte> note)
    {
        var reader = new WireReader(note.Span);
        while (reader.Remaining > 0)
        {
            var (lane, origin, first, since) = (reader.ReadText(MaxLane), reader.ReadReplica(), reader.ReadVarint(), reader.ReadUInt64());
            if (since > Stamp.MaxMilliseconds) throw reader.Malformed("a time is out of range");
            var length = reader.ReadBlock(EquivocationProof.MaxSize).Length;
            var proof = length == 0 ? null : EquivocationProof.Read(note.Slice(reader.Offset - length, length));
            _entries.Add(new(lane, origin, first, DateTimeOffset.FromUnixTimeMilliseconds((long)since)) { Proof = proof });
        }
    }

    /// <summary>The entries, the oldest first.</summary>
    public IReadOnlyList<Equivocation> Entries => [.. _entries];

    /// <summary>Whether it is known of an origin.</summary>
    public bool IsKnown(string lane, ReplicaId origin) => Find(lane, origin) is not null;

    /// <summary>Whether it is known of an origin, and proven.</summary>
    public bool IsProven(string lane, ReplicaId origin) => Find(lane, origin) is { Proof: not null };

    /// <summary>
    /// With an entry more, or in place of one that had no proof. Where there are too many, that of the origin gives way of which the fewest writes are applied: keys are free, and a history isn't.
    /// </summary>
    /// <param name="more">The entry.</param>
    /// <param name="writesOf">How many writes of an origin are applied.</param>
    /// <returns>The list; null where it says nothing new.</returns>
    public Equivocations? With(Equivocation more, Func<Equivocation, ulong> writesOf)
    {
        var known = Find(more.Lane, more.Origin);
        if (known is not null && (known.Proof is not null || more.Proof is null)) return null;
        var entries = _entries.Where(entry => entry != known).Append(more).ToList();
        if (entries.Count > MaxEntries) entries.Remove(entries.OrderBy(writesOf).ThenByDescending(entry => entry.Since).First());
        return entries.Contains(more) ? new(entries) : null;
    }

    /// <summary>The note.</summary>
    public ReadOnlyMemory<byte> Note()
    {
        var writer = new WireWriter(256);
        foreach (var entry in _entries)
        {
            writer.WriteText(entry.Lane);
            writer.WriteReplica(entry.Origin);
            writer.WriteVarint(entry.First);
            writer.WriteUInt64((ulong)Math.Max(0, entry.Since.ToUnixTimeMilliseconds()));
            writer.WriteBlock(entry.Proof is { } proof ? proof.Bytes.Span : []);
        }

        return writer.Finish();
    }

    private Equivocation? Find(string lane, ReplicaId origin) => _entries.Find(entry => entry.Lane == lane && entry.Origin == origin);
}
