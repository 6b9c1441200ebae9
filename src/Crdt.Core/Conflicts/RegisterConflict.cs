using Crdt.Clocks;
using Crdt.Schema;
using Crdt.Types;

namespace Crdt.Conflicts;

/// <summary>A register, or a key of a map, that was written by replicas which did not know of each other's writes.</summary>
public sealed class RegisterConflict : EntityConflict
{
    private readonly Func<IReadOnlyList<Dot>> _current;
    private readonly Action<object?> _write;

    internal RegisterConflict(Field field, FieldSchema schema, object? key, ConflictingWrite[] writes, object? reads, Func<IReadOnlyList<Dot>> current, Action<object?> write)
        : base(field.Entity) => (Field, Key, Writes, Reads, _current, _write) = (schema, key, writes, reads, current, write);

    /// <summary>The field that was written.</summary>
    public FieldSchema Field { get; }

    /// <summary>The key of the map that was written; null for a register.</summary>
    public object? Key { get; }

    /// <summary>The writes, two or more, ascending by replica and number.</summary>
    public IReadOnlyList<ConflictingWrite> Writes { get; }

    /// <summary>What the field's rule makes of them, which is what the property reads as.</summary>
    public object? Reads { get; }

    /// <summary>Writes the value of one of <see cref="Writes"/> in place of them all, on every replica that hears of it.</summary>
    /// <exception cref="ArgumentException">It is none of them.</exception>
    /// <exception cref="InvalidOperationException">The entity can't be written, or has changed since the conflict was listed.</exception>
    public void Settle(ConflictingWrite write)
    {
        if (!Writes.Contains(write)) throw new ArgumentException("This is none of the writes of the conflict.", nameof(write));
        if (!_current().SequenceEqual(Writes.Select(other => other.Dot))) throw Stale();
        _write(write.Value);
    }

    /// <summary>The writes in words: <c>Email: a@x.org or b@x.org</c>.</summary>
    public override string ToString() => $"{Field.Name}{(Key is null ? "" : $"[{Key}]")}: {string.Join(" or ", Writes.Select(write => write.Value ?? "nothing"))}";
}
