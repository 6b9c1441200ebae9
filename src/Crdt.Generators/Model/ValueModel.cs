namespace Crdt.Generators.Model;

/// <summary>A type of value that fields can hold.</summary>
/// <param name="Schema">What makes its <c>Crdt.Schema.ValueSchema</c>.</param>
/// <param name="Type">The C# type, not nullable.</param>
/// <param name="Codec">The codec of the type.</param>
/// <param name="Initial">What an unwritten register of the type reads as, where it can't be null.</param>
/// <param name="Key">What reads a key of the type; none for a type that keys can't have.</param>
internal sealed record ValueModel(string Schema, string Type, string Codec, string Initial, KeyForm Key)
{
    /// <summary>Whether a nullable form of it is the same type to the runtime.</summary>
    public bool IsReference { get; init; }

    /// <summary>Whether one value can be greater than another.</summary>
    public bool HasOrder { get; init; } = true;

    /// <summary>The type in words, as <c>Crdt.Schema.ValueSchema</c> says it.</summary>
    public string Described { get; init; } = "";

    /// <summary>The records that it is, or is made of; their codecs are emitted.</summary>
    public EquatableArray<ValueRecordModel> Records { get; init; } = EquatableArray<ValueRecordModel>.Empty;

    /// <summary>The value where it may be absent inside another one.</summary>
    public ValueModel Optional() => new(
        $"global::Crdt.Schema.ValueSchema.Optional({Schema})",
        Type + "?",
        $"global::Crdt.Codec.{(IsReference ? "OptionalReferenceCodec" : "OptionalCodec")}<{Type}, {Codec}>",
        "null",
        KeyForm.None)
    { IsReference = IsReference, HasOrder = false, Described = Described + "?", Records = Records };
}
