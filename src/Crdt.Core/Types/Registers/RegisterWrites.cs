using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Conflicts;
using Crdt.Entities;
using Crdt.Kernel;
using Crdt.Schema;

namespace Crdt.Types.Registers;

/// <summary>What registers do with their writes, whether they stand alone or under the keys of a map.</summary>
internal static class RegisterWrites<T, TCodec>
    where TCodec : IValueCodec<T>
{
    /// <summary>The write with the highest (stamp, replica, number) of at least one.</summary>
    public static Timestamped<T> Last(DotFun<Timestamped<T>> store)
    {
        var entries = store.Entries;
        var winner = 0;
        for (var i = 1; i < entries.Length; i++)
        {
            // Entries ascend by dot, so a tie of stamps goes to the later one: the highest (replica, number).
            if (entries[i].Value.Stamp.CompareTo(entries[winner].Value.Stamp) >= 0) winner = i;
        }

        return entries[winner].Value;
    }

    /// <summary>The writes as rules see them: an absent value is the default of its type, which is null where the type has one.</summary>
    public static Sibling<T>[] Siblings(DotFun<Timestamped<T>> store)
    {
        var siblings = new Sibling<T>[store.Count];
        for (var i = 0; i < siblings.Length; i++)
        {
            var (dot, write) = store.Entries[i];
            siblings[i] = new(dot, write.Stamp, write.Offline, write.Value);
        }

        return siblings;
    }

    /// <summary>Whether not all writes hold the same value, to the byte: where they do, there is nothing to choose.</summary>
    public static bool Differ(DotFun<Timestamped<T>> store)
    {
        var entries = store.Entries;
        for (var i = 1; i < entries.Length; i++)
        {
            if (!AreSame(entries[0].Value, entries[i].Value)) return true;
        }

        return false;
    }

    /// <summary>The writes of a register, two or more, as a conflict.</summary>
    public static RegisterConflict Conflict(
        Field field, FieldSchema schema, object? key, T reads, Func<DotFun<Timestamped<T>>> store, Action<object?> write)
    {
        var writes = new List<ConflictingWrite>();
        foreach (var (dot, made) in store().Entries) writes.Add(new(dot, made.Stamp, made.Offline, made.IsAbsent ? null : made.Value));
        return new(field, schema, key, [.. writes], reads, () => [.. Siblings(store()).Select(sibling => sibling.Dot)], write);
    }

    private static bool AreSame(Timestamped<T> left, Timestamped<T> right)
    {
        if (left.IsAbsent || right.IsAbsent) return left.IsAbsent == right.IsAbsent;
        var one = new WireWriter(32);
        var other = new WireWriter(32);
        TCodec.Write(ref one, left.Value);
        TCodec.Write(ref other, right.Value);
        var same = one.Written.SequenceEqual(other.Written);
        one.Dispose();
        other.Dispose();
        return same;
    }

    /// <summary>Makes the next stamp later than every write that is about to be replaced.</summary>
    public static void Observe(Author author, DotFun<Timestamped<T>> store)
    {
        if (!store.IsEmpty) author.Observe(Last(store).Stamp);
    }

    public static Timestamped<T> Of(in Write write, T value) =>
        new(write.Stamp, write.Offline, value is null ? value : TCodec.Own(value), IsAbsent: value is null);

    public static void Write(ref WireWriter writer, Timestamped<T> payload)
    {
        writer.WriteUInt64(payload.Stamp.Value);
        writer.WriteByte((byte)((payload.IsAbsent ? RegisterFlags.Absent : 0) | (payload.Offline ? RegisterFlags.Offline : 0)));
        if (!payload.IsAbsent) TCodec.Write(ref writer, payload.Value);
    }

    public static Timestamped<T> Read(ref WireReader reader)
    {
        var stamp = new Stamp(reader.ReadUInt64());
        var flags = reader.ReadByte();
        if (flags > (RegisterFlags.Absent | RegisterFlags.Offline)) throw reader.Malformed($"a register has no flags {flags}");
        var isAbsent = (flags & RegisterFlags.Absent) != 0;
        return new(stamp, (flags & RegisterFlags.Offline) != 0, isAbsent ? default! : TCodec.Read(ref reader), isAbsent);
    }
}
