using Crdt.Clocks;
using Crdt.Codec;

namespace Crdt.Types;

/// <summary>One thing that a field is told to do; keys and values come as canonical bytes.</summary>
/// <param name="verb">What to do.</param>
/// <param name="key">The key or element; empty where the field has none.</param>
/// <param name="value">The value; empty where nothing is written.</param>
/// <param name="isAbsent">Whether null is written in place of a value.</param>
internal readonly ref struct FieldOperation(FieldVerb verb, ReadOnlySpan<byte> key = default, ReadOnlySpan<byte> value = default, bool isAbsent = false)
{
    private readonly ReadOnlySpan<byte> _key = key;
    private readonly ReadOnlySpan<byte> _value = value;

    public FieldVerb Verb => verb;

    /// <summary>What to add to a counter, or to give away of its rights.</summary>
    public long Amount { get; init; }

    /// <summary>Where in a list.</summary>
    public int Index { get; init; }

    /// <summary>Where to in a list.</summary>
    public int To { get; init; }

    /// <exception cref="WireFormatException">The bytes are no key of this type.</exception>
    public T ReadKey<T, TCodec>()
        where TCodec : IValueCodec<T> => Read<T, TCodec>(_key);

    /// <exception cref="WireFormatException">The bytes are no value of this type.</exception>
    public T ReadValue<T, TCodec>()
        where TCodec : IValueCodec<T> => isAbsent ? default! : Read<T, TCodec>(_value);

    /// <exception cref="WireFormatException">The bytes are no replica's id.</exception>
    public ReplicaId ReadReplica()
    {
        var reader = new WireReader(_key);
        var replica = reader.ReadReplica();
        reader.End();
        return replica;
    }

    public void Require(FieldVerb only, Field field)
    {
        if (verb != only) throw Unfit(field);
    }

    public InvalidOperationException Unfit(Field field) => new($"A field of kind {field.Kind} can't be told to {verb}.");

    private static T Read<T, TCodec>(ReadOnlySpan<byte> bytes)
        where TCodec : IValueCodec<T>
    {
        var reader = new WireReader(bytes);
        var value = TCodec.Read(ref reader);
        reader.End();
        return value;
    }
}
