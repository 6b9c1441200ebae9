using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Schema;
using Crdt.Sync.Events;
using Crdt.Sync.Signatures;

namespace Crdt.Sync.Truth;

/// <summary>
/// Reads the events of a frame and holds them against the schema, each by itself, so that one that is malformed is its origin's affair. What comes
/// behind it of the same origin isn't read: it depends on it, and reading it may cost an exception for each.
/// </summary>
/// <param name="lane">The lane that the frame speaks of.</param>
/// <param name="schema">The types that are known.</param>
internal sealed class EventIntake(string lane, GraphSchema schema)
{
    private readonly Dictionary<ReplicaId, ulong> _defects = [];
    private int _malformed;

    /// <summary>Reads the next event. O(bytes).</summary>
    /// <exception cref="WireFormatException">Nobody but the peer can be blamed: not even the head can be read, it is of another lane, or too many are malformed.</exception>
    public ArrivedEvent Read(ReadOnlyMemory<byte> bytes)
    {
        var head = EventCodec.ReadHead(bytes.Span);
        if (head.Lane != lane) throw new WireFormatException($"an event of lane '{head.Lane}' came among those of '{lane}'", 0);
        ReadOnlyMemory<byte> hash = head.IsLinked ? SealedEvent.HashOf(bytes) : default;
        var isMarked = _defects.TryGetValue(head.Origin, out var defect);
        if (isMarked && head.First > defect) return new(head, bytes, null, null) { Hash = hash };
        try
        {
            var graphEvent = EventCodec.Read(bytes);
            EventAdmission.Require(graphEvent, schema);
            if (isMarked && head.Last >= defect) _defects.Remove(head.Origin);
            return new(head, bytes, graphEvent with { Hash = hash }, null) { Hash = hash };
        }
        catch (WireFormatException error) when (++_malformed <= Quarantine.MaxOrigins)
        {
            _defects[head.Origin] = head.First;
            return new(head, bytes, null, error.Message) { Hash = hash };
        }
    }
}
