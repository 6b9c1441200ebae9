using Crdt.Codec;
using Crdt.Entities;
using Crdt.Schema;
using Crdt.Sync.Events;

namespace Crdt.Sync.Truth;

/// <summary>
/// Which lane a type is in, also a type that this build doesn't know: its rows are of the lane of the event that brought them. What was
/// learnt is noted in the store.
/// </summary>
internal sealed class TypeLanes
{
    /// <summary>Where it is noted.</summary>
    public const string NoteKey = "lanes of unknown types";

    private const int MaxLane = 256;
    private readonly GraphSchema _schema;
    private readonly SortedDictionary<uint, string> _learnt = [];
    private int _noted;

    /// <summary>Reads what was noted: <c>{ type[4] block(lane) }*</c>.</summary>
    public TypeLanes(GraphSchema schema, ReadOnlyMemory<byte> note)
    {
        _schema = schema;
        var reader = new WireReader(note.Span);
        while (reader.Remaining > 0) _learnt[reader.ReadUInt32()] = reader.ReadText(MaxLane);
        Noted();
    }

    /// <summary>The types that this build knows.</summary>
    public GraphSchema Schema => _schema;

    /// <summary>The lane of an entity.</summary>
    public string LaneOf(EntityId id) => _schema.Find(id.TypeId)?.Lane ?? _learnt.GetValueOrDefault(id.TypeId) ?? EntityType.MainLane;

    /// <summary>Learns the lanes of unknown types in events that are about to be stored.</summary>
    /// <returns>The note to store with them; nothing where nothing is new.</returns>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Learn(IReadOnlyList<GraphEvent> events)
    {
        foreach (var graphEvent in events)
        {
            foreach (var change in graphEvent.Changes) Learn(change.Id, graphEvent.Lane);
        }

        return Note();
    }

    /// <summary>Learns the lane of a row's type, if that is unknown.</summary>
    public void Learn(EntityId id, string lane)
    {
        if (_schema.Find(id.TypeId) is null) _learnt.TryAdd(id.TypeId, lane);
    }

    /// <summary>What has been learnt and isn't stored yet.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Note()
    {
        if (_learnt.Count == _noted) return new Dictionary<string, ReadOnlyMemory<byte>>();
        var writer = new WireWriter(capacity: 64);
        foreach (var (type, lane) in _learnt)
        {
            writer.WriteUInt32(type);
            writer.WriteText(lane);
        }

        return new Dictionary<string, ReadOnlyMemory<byte>> { [NoteKey] = writer.Finish() };
    }

    /// <summary>Says that the note is durable.</summary>
    public void Noted() => _noted = _learnt.Count;
}
