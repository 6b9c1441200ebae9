namespace Crdt.Generators.Model;

/// <summary>A property that merges.</summary>
/// <param name="Property">The property that shows it.</param>
/// <param name="Form">How it merges.</param>
/// <param name="Value">The type of its value, or of its elements.</param>
/// <param name="Nullable">Whether it can hold nothing.</param>
/// <param name="DataName">Its name in the data and that of its column.</param>
/// <param name="Member">The private field that holds it.</param>
/// <param name="Descriptor">The static field that describes it.</param>
/// <param name="Rule">What resolves concurrent writes: a method, or one of the library's rules with a dot in front; empty where the last one wins.</param>
internal sealed record FieldModel(
    PropertyModel Property,
    FieldForm Form,
    ValueModel Value,
    bool Nullable,
    string DataName,
    string Member,
    string Descriptor,
    string Rule)
{
    /// <summary>The keys of a map.</summary>
    public ValueModel? Key { get; init; }

    /// <summary>Whether one node at most is to have a value.</summary>
    public bool IsUnique { get; init; }

    /// <summary>The least value of a bounded counter.</summary>
    public long Min { get; init; }
}
