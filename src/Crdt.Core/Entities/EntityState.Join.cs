using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Kernel;
using Crdt.Types;

namespace Crdt.Entities;

/// <content>Joining another copy into this one, and copies of this one.</content>
public sealed partial class EntityState
{
    /// <summary>Joins another copy of the same entity into this one; afterwards this one has seen all that the other has.</summary>
    /// <exception cref="ArgumentException">The other is another entity.</exception>
    /// <exception cref="WireFormatException">A field that this build lacks is of another kind in the other; nothing has changed.</exception>
    /// <exception cref="InvalidOperationException">This one belongs to a transaction; replicas of a graph merge by syncing.</exception>
    public void Join(EntityState other)
    {
        if (other.Id != Id) throw new ArgumentException($"Only copies of one entity merge: {Id} is not {other.Id}.", nameof(other));
        if (ReferenceEquals(other, this)) return;
        if (_author?.RefusesJoin is { } reason) throw new InvalidOperationException($"This {Type.Name} can't be merged into: {reason}");
        RequireSameKinds(other);
        var before = Observed();
        JoinSame(other);
        NotifyOf(before);
    }

    /// <summary>
    /// An independent copy: the same entity by the same author, who can write to both. It has seen what this one has seen up
    /// to now, and shipped nothing. A copy of what belongs to a transaction can only be read and merged. O(state).
    /// </summary>
    /// <param name="fields">New fields for it, of the same type and in the same order.</param>
    /// <exception cref="ArgumentException">They are not the fields of the type.</exception>
    public EntityState Fork(params Field[] fields)
    {
        var fork = new EntityState(Type, Id, _author?.OfCopies, fields);
        fork.JoinSame(this);
        return fork;
    }

    private void JoinSame(EntityState other)
    {
        var removed = new List<Dot>();
        Liveness = DotFun<Presence>.Join(Liveness, Context, other.Liveness, other.Context, removed);
        for (var i = 0; i < _fields.Length; i++) _fields[i].Join(Context, other._fields[i], other.Context, removed);
        JoinUnknown(other, removed);
        Pending.AddAll(removed);
        Context.CollectMissing(other.Context, Pending);
        Context.UnionWith(other.Context);
    }

    // Checked before anything changes, since what was decoded is not always honest about fields that this build lacks.
    private void RequireSameKinds(EntityState other)
    {
        foreach (var theirs in other._unknown)
        {
            var index = FindUnknown(theirs.Id);
            if (index < 0 || _unknown[index].Kind == theirs.Kind) continue;
            throw new WireFormatException($"field {theirs.Id:x8} is a {_unknown[index].Kind} in one copy and a {theirs.Kind} in the other", 0);
        }
    }

    private void JoinUnknown(EntityState other, List<Dot> removed)
    {
        foreach (var mine in _unknown)
        {
            var index = other.FindUnknown(mine.Id);
            mine.Join(Context, index >= 0 ? other._unknown[index] : UnknownField.Create(mine.Kind, mine.Id), other.Context, removed);
        }

        var known = _unknown.Count;
        foreach (var theirs in other._unknown)
        {
            if (FindUnknown(theirs.Id, known) >= 0) continue;
            var mine = UnknownField.Create(theirs.Kind, theirs.Id);
            mine.Join(Context, theirs, other.Context, removed);
            AddUnknown(mine);
        }

        _unknown.RemoveAll(field => field.IsEmpty);
        if (_unknown.Count > 1) _unknown.Sort((left, right) => left.Id.CompareTo(right.Id));
    }
}
