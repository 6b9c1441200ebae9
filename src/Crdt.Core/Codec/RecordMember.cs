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
