using System.Diagnostics.CodeAnalysis;

namespace Crdt.Schema;

/// <summary>
/// The type of a value: one of the simple ones, or made of others. Two are equal where their values have the same bytes, so
/// replicas of different versions can tell whether they mean the same.
/// </summary>
public sealed class ValueSchema : IEquatable<ValueSchema>
{
    private static readonly ValueSchema?[] Simple = new ValueSchema?[(int)ValueKind.Duration + 1];

    private ValueSchema(ValueKind kind, ValueSchema? element, IReadOnlyList<ValueMember> members, IReadOnlyList<EnumName> names) =>
        (Kind, Element, Members, Names) = (kind, element, members, names);

    /// <summary>Which kind of type it is.</summary>
    public ValueKind Kind { get; }

    /// <summary>The items of a list, or the integer that an enum is stored as; null for other kinds.</summary>
    public ValueSchema? Element { get; }

    /// <summary>The members of a record in the order of their declaration; empty for other kinds.</summary>
    public IReadOnlyList<ValueMember> Members { get; }

    /// <summary>What the values of an enum are called, ascending by number; empty for other kinds. Names may come and go, so they don't count in comparisons.</summary>
    public IReadOnlyList<EnumName> Names { get; }

    /// <summary>How deep the type is nested; 1 for a simple one.</summary>
    public int Depth => 1 + Math.Max(Element?.Depth ?? 0, Members.Select(member => member.Value.Depth).DefaultIfEmpty().Max());

    /// <summary>The simple type of a kind.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The kind is not a simple one.</exception>
    public static ValueSchema Of(ValueKind kind)
    {
        if (kind is 0 or > ValueKind.Duration) throw new ArgumentOutOfRangeException(nameof(kind), kind, "This is no simple type of value.");
        return Simple[(int)kind] ??= new(kind, null, [], []);
    }

    /// <summary>An enum.</summary>
    /// <param name="number">The integer that it is stored as.</param>
    /// <param name="names">What its values are called.</param>
    public static ValueSchema Enum(ValueSchema number, params IEnumerable<EnumName> names) =>
        new(ValueKind.Enum, number, [], [.. names.OrderBy(name => name.Number)]);

    /// <summary>A list, which is written as a whole.</summary>
    public static ValueSchema List(ValueSchema element) => new(ValueKind.List, element, [], []);

    /// <summary>A value that may be absent inside a list or record.</summary>
    public static ValueSchema Optional(ValueSchema value) => new(ValueKind.Optional, value, [], []);

    /// <summary>A record, which is written as a whole.</summary>
    public static ValueSchema Record(params IReadOnlyList<ValueMember> members) => new(ValueKind.Record, null, members, []);

    /// <summary>The simple type of a kind.</summary>
    public static implicit operator ValueSchema(ValueKind kind) => Of(kind);

    /// <inheritdoc/>
    public bool Equals([NotNullWhen(true)] ValueSchema? other) =>
        other is not null && Kind == other.Kind && Equals(Element, other.Element) && Members.SequenceEqual(other.Members);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => Equals(obj as ValueSchema);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, Element, Members.Count);

    /// <summary>The type in words, for messages: <c>List of Int32</c>.</summary>
    public override string ToString() => Kind switch
    {
        ValueKind.Enum => $"Enum of {Element}",
        ValueKind.List => $"List of {Element}",
        ValueKind.Optional => $"{Element}?",
        ValueKind.Record => $"Record({string.Join(", ", Members.Select(member => $"{member.Value} {member.Name}"))})",
        _ => Kind.ToString(),
    };
}
