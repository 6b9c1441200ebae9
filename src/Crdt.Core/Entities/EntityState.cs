using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Kernel;
using Crdt.Schema;
using Crdt.Types;
using Crdt.Types.Counters;

namespace Crdt.Entities;

/// <summary>
/// All that merges of one entity: liveness, fields, and the context of what was seen. A generated class holds one and
/// shows its fields as properties. Owned by one, not safe for several threads.
/// </summary>
public sealed partial class EntityState
{
    private readonly Field[] _fields;
    private readonly List<Field> _unknown = [];
    private Author? _author;

    /// <summary>An entity of which nothing is known yet.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="id">Its identity.</param>
    /// <param name="author">Who writes through this copy; null for one that can only be read and merged.</param>
    /// <param name="fields">The fields of the type, in its order.</param>
    /// <exception cref="ArgumentException">The fields or the identity are not those of the type.</exception>
    public EntityState(EntityType type, EntityId id, Author? author, params Field[] fields)
    {
        if (id.Bytes.IsEmpty || id.TypeId != type.Id) throw new ArgumentException($"This is not the identity of a {type.Name}.", nameof(id));
        if (!AreOf(type, fields)) throw new ArgumentException($"These are not the fields of a {type.Name} in the order of their numbers.", nameof(fields));
        (Type, Id, _author, _fields) = (type, id, author, fields);
        foreach (var field in fields) field.Entity = this;
    }

    /// <summary>The type.</summary>
    public EntityType Type { get; }

    /// <summary>The identity.</summary>
    public EntityId Id { get; }

    /// <summary>Whether the entity exists: it was created, and whoever deleted it had not seen all creations.</summary>
    public bool IsAlive => !Liveness.IsEmpty;

    /// <summary>Whether writes are possible at all: there is an author, and it is still open.</summary>
    public bool IsWritable => _author is { Closed: null };

    /// <summary>The fields that this build knows, in the order of their numbers.</summary>
    public IReadOnlyList<Field> Fields => _fields;

    internal DotFun<Presence> Liveness { get; private set; }

    /// <summary>What this copy has seen.</summary>
    internal CausalContext Context { get; private set; } = new();

    /// <summary>What this copy has seen since a delta was last taken.</summary>
    internal CausalContext Pending { get; private set; } = new();

    internal Author Author => _author ?? throw Detached();

    /// <summary>
    /// Raised after a field has changed, by a write here or by a merge; with null, after the entity was created, deleted or brought back.
    /// A merge costs O(dots) more where somebody listens.
    /// </summary>
    public event Action<FieldSchema?>? Changed;

    private IEnumerable<Field> AllFields => _unknown.Count == 0 ? _fields : _fields.Concat(_unknown);

    /// <summary>
    /// Brings the entity into being: replaces the creations that were seen by a new one. One that was deleted starts afresh,
    /// without what others wrote to it meanwhile and was seen here; only its bounded counters are what they were.
    /// </summary>
    /// <exception cref="InvalidOperationException">It can't be written.</exception>
    public void Create()
    {
        RequireOpen();
        var write = Next();
        var before = Observed();
        if (!IsAlive) RemoveObserved();
        Renew(write);
        NoteConnection();
        NotifyOf(before);
    }

    /// <summary>
    /// Deletes the entity. Where deletes win, it removes every write that was seen, in all fields, and leaves nothing behind but bounded counters; what
    /// others write concurrently stays, hidden, as a conflict. Where updates win, it removes the liveness that was seen, so a
    /// concurrent write brings the entity back with all of its fields.
    /// </summary>
    /// <exception cref="InvalidOperationException">It can't be written, or is deleted already.</exception>
    public void Delete()
    {
        RequireWritable();
        var before = Observed();
        if (Type.Deletion == Deletion.DeleteWins)
        {
            RemoveObserved();
        }
        else
        {
            Supersede(Liveness);
            Liveness = default;
        }

        NotifyOf(before);
    }

    /// <summary>Replaces the liveness that was seen by a new one and changes nothing else, so that a concurrent deletion doesn't end it where updates win.</summary>
    internal void RenewLiveness()
    {
        RequireWritable();
        Renew(Next());
    }

    internal void RequireWritable()
    {
        RequireOpen();
        if (!IsAlive) throw new InvalidOperationException($"This {Type.Name} is deleted; create it again before writing to it.");
    }

    private void RequireOpen()
    {
        if (Author.Closed is { } reason) throw new InvalidOperationException($"This {Type.Name} can't be written: {reason}");
    }

    /// <summary>Names a write to one of the fields.</summary>
    internal Write BeginWrite()
    {
        BeginRemoval();
        return Next();
    }

    /// <summary>Begins a change of one of the fields that takes no dot of its own, because it only removes.</summary>
    internal void BeginRemoval()
    {
        RequireWritable();
        if (Type.Deletion == Deletion.UpdateWins) Renew(Next());
    }

    /// <summary>Takes note that the writes of <paramref name="field"/> are about to be replaced.</summary>
    internal void Supersede(Field field) => field.CollectDots(Pending);

    internal void Supersede<T>(DotFun<T> dots) => dots.CollectDots(Pending);

    internal void Supersede(CausalContext dots) => Pending.UnionWith(dots);

    internal void CollectDots(CausalContext context)
    {
        var dots = new List<Dot>();
        Liveness.CollectDots(dots);
        foreach (var field in AllFields) field.CollectDots(dots);
        context.AddAll(dots);
    }

    /// <summary>Lets fields that outlive deletions go on from what a row holds, of which nothing was known when this was created.</summary>
    /// <exception cref="OverflowException">A total would exceed its range.</exception>
    internal void GoOnFrom(ReadOnlySpan<byte> row)
    {
        var parts = new StateReader(row);
        while (parts.MoveNext())
        {
            if (parts.Kind != FieldKind.BoundedCounter) continue;
            var id = parts.FieldId;
            if (Array.Find(_fields, field => field.Id == id) is BoundedCounter counter) counter.GoOnFrom(parts.Store(), parts.Table);
        }
    }

    /// <summary>Adds the dots that a deletion removes: all but those of fields that outlive it.</summary>
    internal void CollectRemovable(CausalContext context)
    {
        var dots = new List<Dot>();
        Liveness.CollectDots(dots);
        foreach (var field in AllFields.Where(field => !field.OutlivesDeletion)) field.CollectDots(dots);
        context.AddAll(dots);
    }

    /// <summary>The part of this entity that consists of the given dots: a delta with exactly these as its context.</summary>
    internal EntityState Within(CausalContext dots)
    {
        var part = new EntityState(Type, Id, null, [.. _fields.Select(field => field.Within(dots))])
        {
            Liveness = Liveness.Within(dots),
            Context = dots,
        };
        foreach (var field in _unknown) part.AddUnknown(field.Within(dots));
        return part;
    }

    private static bool AreOf(EntityType type, Field[] fields)
    {
        if (fields.Length != type.Fields.Count) return false;
        for (var i = 0; i < fields.Length; i++)
        {
            if (fields[i].Id != type.Fields[i].Id) return false;
        }

        return true;
    }

    private void Renew(in Write creation)
    {
        Supersede(Liveness);
        Liveness = new(creation.Dot, default);
    }

    private void RemoveObserved()
    {
        var observed = new CausalContext();
        CollectRemovable(observed);
        Supersede(observed);
        Liveness = default;
        foreach (var field in AllFields.Where(field => !field.OutlivesDeletion)) field.Clear();
        _unknown.RemoveAll(field => field.IsEmpty);
    }

    private Write Next()
    {
        var write = Author.NextWrite(this);
        var claimed = new DotRange(write.Dot.Replica, write.After + 1, write.Dot.Counter);
        Context.Add(claimed);
        Pending.Add(claimed);
        return write;
    }

    private InvalidOperationException Detached() =>
        new($"This {Type.Name} was read without a writer, or copied from one that belongs to a transaction, so it can only be read and merged; decode it with a Replica, or get it from an open transaction, to write to it.");

    /// <summary>Adds a field whose number is above those of all before it, or whose place is found later.</summary>
    private void AddUnknown(Field field)
    {
        if (field.IsEmpty) return;
        field.Entity = this;
        _unknown.Add(field);
    }

    private int FindUnknown(uint id) => FindUnknown(id, _unknown.Count);

    /// <summary>The place of a number among the first <paramref name="count"/> fields, which ascend; negative where it is missing.</summary>
    private int FindUnknown(uint id, int count)
    {
        int low = 0, high = count - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            if (_unknown[middle].Id == id) return middle;
            if (_unknown[middle].Id < id) low = middle + 1; else high = middle - 1;
        }

        return ~low;
    }
}
