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

    /// <summary>Whether it is known of an origin, or there is no room for more.</summary>
    public bool IsKnown(string lane, ReplicaId origin) => _entries.Count >= MaxEntries || _entries.Exists(entry => entry.Lane == lane && entry.Origin == origin);

    /// <summary>Adds one.</summary>
    public void Add(Equivocation entry) => _entries.Add(entry);

    /// <summary>The note, with an entry more.</summary>
    public ReadOnlyMemory<byte> NoteWith(Equivocation more)
    {
        var writer = new WireWriter(256);
        foreach (var entry in _entries.Append(more))
        {
            writer.WriteText(entry.Lane);
            writer.WriteReplica(entry.Origin);
            writer.WriteVarint(entry.First);
            writer.WriteUInt64((ulong)Math.Max(0, entry.Since.ToUnixTimeMilliseconds()));
            writer.WriteBlock(entry.Proof is { } proof ? proof.Bytes.Span : []);
        }

        return writer.Finish();
    }
}
