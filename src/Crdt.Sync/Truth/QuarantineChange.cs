using System.Security.Cryptography;
using Crdt.Clocks;
using Crdt.Sync.Health;

namespace Crdt.Sync.Truth;

/// <summary>What becomes of the quarantine in one step of the store.</summary>
/// <param name="before">The quarantine before it.</param>
/// <param name="lane">The lane in which something happens.</param>
/// <param name="time">The time.</param>
internal sealed class QuarantineChange(Quarantine before, string lane, DateTimeOffset time)
{
    private readonly Quarantine _before = before;
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _evidence = [];

    /// <summary>The quarantine after it.</summary>
    public Quarantine Now { get; private set; } = before;

    /// <summary>Whether it is another one.</summary>
    public bool IsChanged => Now != _before;

    /// <summary>Whether another origin can be added.</summary>
    public bool HasRoom => Now.Origins.Count < Quarantine.MaxOrigins;

    /// <summary>The entry of an origin; null where there is none.</summary>
    public QuarantinedOrigin? Find(ReplicaId origin) => Now.Find(lane, origin);

    /// <summary>Refuses what an origin has written from a malformed event on, unless it is refused from there or from earlier on already, or the place has been applied.</summary>
    /// <param name="malformed">The event.</param>
    /// <param name="vector">What has been applied in the lane.</param>
    /// <exception cref="Crdt.Codec.WireFormatException">Too many origins are in quarantine.</exception>
    public void Add(ArrivedEvent malformed, VersionVector vector)
    {
        var head = malformed.Head;
        var covered = vector[head.Origin];
        if (covered >= head.Last) return;
        var first = Math.Max(head.First, covered + 1);
        if (Find(head.Origin) is { } entry && entry.First <= first) return;
        var hash = Convert.ToHexStringLower(SHA256.HashData(malformed.Bytes.Span));
        Now = Now.With(new(lane, head.Origin, first, head.Last, malformed.Defect!, time, malformed.Bytes.Length, hash));
        _evidence[hash] = malformed.Bytes;
    }

    /// <summary>Lifts what a vector covers: a well-formed event, or a state, has taken that place.</summary>
    public void Lift(VersionVector vector) => Now = Now.Without(entry => entry.Lane == lane && vector[entry.Origin] >= entry.First);

    /// <summary>What is to be noted; nothing where nothing has changed.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Notes()
    {
        var notes = new Dictionary<string, ReadOnlyMemory<byte>>();
        if (!IsChanged) return notes;
        notes[Quarantine.NoteKey] = Now.Note();
        foreach (var gone in _before.Origins.Except(Now.Origins).Where(entry => entry.HasEvidence)) notes[Quarantine.EvidenceKeyOf(gone)] = default;
        foreach (var fresh in Now.Origins.Except(_before.Origins).Where(entry => entry.HasEvidence)) notes[Quarantine.EvidenceKeyOf(fresh)] = _evidence[fresh.Sha256];
        return notes;
    }
}
