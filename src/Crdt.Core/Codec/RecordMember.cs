namespace Crdt.Codec;

/// <summary>What the codecs of records, which the source generator emits, are made of: a block for each member.</summary>
public static class RecordMember
{
    /// <summary>Refuses a member that has no exact form, naming it.</summary>
    /// <exception cref="ArgumentException">It has none.</exception>
    public static void Check<T, TCodec>(T value, string name)
        where TCodec : IValueCodec<T>
    {
        if (value is null && TCodec.Kind != Schema.ValueKind.Optional) throw new ArgumentException($"'{name}' is null; declare its type as nullable to allow that.");
        try
        {
            TCodec.Check(value);
        }
        catch (ArgumentException error)
        {
            throw new ArgumentException($"'{name}': {error.Message}", error);
        }
    }

    /// <summary>Refuses a value of a derived record: what its base doesn't have would be lost.</summary>
    /// <exception cref="ArgumentException">It is of another type than <typeparamref name="T"/>.</exception>
    public static void CheckType<T>(T value)
        where T : notnull
    {
        if (value.GetType() != typeof(T)) throw new ArgumentException($"A {value.GetType().Name} is more than a {typeof(T).Name}, and would lose what it adds.");
    }

    /// <summary>What to keep of a member.</summary>
    public static T Own<T, TCodec>(T value)
        where TCodec : IValueCodec<T> => value is null ? value : TCodec.Own(value);

    /// <summary>Whether two members have the same bytes.</summary>
    public static bool Same<T, TCodec>(T left, T right)
        where TCodec : IValueCodec<T> => TCodec.Same(left, right);

    /// <summary>A hash code that agrees with <see cref="Same"/>.</summary>
    public static int Hash<T, TCodec>(T value)
        where TCodec : IValueCodec<T> => TCodec.Hash(value);

    /// <summary>Appends a member.</summary>
    public static void Write<T, TCodec>(ref WireWriter writer, T value)
        where TCodec : IValueCodec<T>
    {
        var mark = writer.BeginBlock();
        TCodec.Write(ref writer, value);
        writer.EndBlock(mark);
    }

    /// <summary>Reads a member.</summary>
    /// <exception cref="WireFormatException">The bytes are none of its type.</exception>
    public static T Read<T, TCodec>(ref WireReader reader)
        where TCodec : IValueCodec<T>
    {
        var member = reader.ReadNested();
        var value = TCodec.Read(ref member);
        member.End();
        return value;
    }
}
