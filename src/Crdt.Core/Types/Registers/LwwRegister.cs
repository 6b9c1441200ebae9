using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Entities;
using Crdt.Kernel;
using Crdt.Schema;

namespace Crdt.Types.Registers;

/// <summary>
/// A register whose last write wins. Writes that were concurrent all stay, as siblings, until one that has seen them
/// replaces them; reading takes the sibling with the highest (stamp, replica, number). So a conflict can be listed, and
/// its choice undone, on every replica. The field's <see cref="FieldSchema.Rule"/>, where it has one, chooses instead.
/// </summary>
/// <typeparam name="T">The value; a nullable type where absence can be written.</typeparam>
/// <typeparam name="TCodec">Its canonical bytes.</typeparam>
/// <param name="schema">The field that this is.</param>
/// <param name="initial">What an unwritten register reads as.</param>
public sealed class LwwRegister<T, TCodec>(FieldSchema schema, T initial) : DotFunField<Timestamped<T>>(FieldKind.Register, schema.Id)
    where TCodec : IValueCodec<T>
{
    /// <summary>The winning value. Reading is O(siblings); writing replaces all siblings.</summary>
    /// <exception cref="ArgumentException">The value has no exact form; the message names the property.</exception>
    /// <exception cref="InvalidOperationException">The entity can't be written: it is detached or deleted.</exception>
    public T Value
    {
        get => Store.IsEmpty ? initial : Resolved;
        set => Set(value);
    }

    /// <summary>The writes in force, winner included: more than one where writes were concurrent.</summary>
    public IReadOnlyList<Sibling<T>> Siblings
    {
        get
        {
            var siblings = new Sibling<T>[Store.Count];
            for (var i = 0; i < siblings.Length; i++)
            {
                var (dot, write) = Store.Entries[i];
                siblings[i] = new(dot, write.Stamp, write.Offline, ValueOf(write));
            }

            return siblings;
        }
    }

    // A field that was nullable for the writer and isn't here reads as if it were unwritten.
    private T AbsentValue => schema.Nullable ? default! : initial;

    private T Resolved => Store.Count > 1 && schema.Rule is ResolutionRule<T, TCodec> rule
        ? rule.Resolve(Siblings) is { } value ? value : AbsentValue
        : ValueOf(Winner.Value);

    private KeyValuePair<Dot, Timestamped<T>> Winner
    {
        get
        {
            var entries = Store.Entries;
            var winner = 0;
            for (var i = 1; i < entries.Length; i++)
            {
                // Entries ascend by dot, so a tie of stamps goes to the later one: the highest (replica, number).
                if (entries[i].Value.Stamp.CompareTo(entries[winner].Value.Stamp) >= 0) winner = i;
            }

            return entries[winner];
        }
    }

    private T ValueOf(Timestamped<T> write) => write.IsAbsent ? AbsentValue : write.Value;

    private void Set(T value)
    {
        Check(value);
        Entity.RequireWritable();
        if (!Store.IsEmpty) Entity.Author.Observe(Winner.Value.Stamp);
        var write = Entity.BeginWrite();
        Entity.Supersede(this);
        Store = new(write.Dot, new(write.Stamp, write.Offline, value is null ? value : TCodec.Own(value), IsAbsent: value is null));
    }

    private void Check(T value)
    {
        if (value is null)
        {
            if (!schema.Nullable) throw new ArgumentNullException(schema.Name, $"'{schema.Name}' can't be null; declare its type as nullable to allow that.");
            return;
        }

        try
        {
            TCodec.Check(value);
        }
        catch (ArgumentException error)
        {
            throw new ArgumentException($"'{schema.Name}' can't hold this value. {error.Message}", schema.Name, error);
        }
    }

    private protected override DotFunField<Timestamped<T>> NewEmpty() => new LwwRegister<T, TCodec>(schema, initial);

    private protected override void WritePayload(ref WireWriter writer, Timestamped<T> payload)
    {
        writer.WriteUInt64(payload.Stamp.Value);
        writer.WriteByte((byte)((payload.IsAbsent ? RegisterFlags.Absent : 0) | (payload.Offline ? RegisterFlags.Offline : 0)));
        if (!payload.IsAbsent) TCodec.Write(ref writer, payload.Value);
    }

    private protected override Timestamped<T> ReadPayload(ref WireReader reader) => ReadWrite(ref reader);

    internal static Timestamped<T> ReadWrite(ref WireReader reader)
    {
        var stamp = new Stamp(reader.ReadUInt64());
        var flags = reader.ReadByte();
        if (flags > (RegisterFlags.Absent | RegisterFlags.Offline)) throw reader.Malformed($"a register has no flags {flags}");
        var isAbsent = (flags & RegisterFlags.Absent) != 0;
        return new(stamp, (flags & RegisterFlags.Offline) != 0, isAbsent ? default! : TCodec.Read(ref reader), isAbsent);
    }
}
