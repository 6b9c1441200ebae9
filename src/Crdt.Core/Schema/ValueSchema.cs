using System.Diagnostics.CodeAnalysis;

namespace Crdt.Schema;

/// <summary>
/// The type of a value: one of the simple ones, or made of others. Two are equal where their values have the same bytes, so
/// replicas of different versions can tell whether they mean the same.
/// </summary>
public sealed class ValueSchema : IEquatable<ValueSchema>
{
    /// <summary>The most digits that the column of a decimal can have.</summary>
    public const int MaxPrecision = 28;

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

    /// <summary>How many digits the column of a decimal has in the graph database, and how many of them follow the point; 0 for one that is shown as text. It doesn't count in comparisons.</summary>
    public (int Precision, int Scale) Digits { get; private init; }

    /// <summary>How deep the type is nested; 1 for a simple one.</summary>
    public int Depth => 1 + Math.Max(Element?.Depth ?? 0, Members.Select(member => member.Value.Depth).DefaultIfEmpty().Max());

    /// <summary>The simple type of a kind.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The kind is not a simple one.</exception>
    public static ValueSchema Of(ValueKind kind)
    {
        if (kind is 0 or > ValueKind.Duration) throw new ArgumentOutOfRangeException(nameof(kind), kind, "This is no simple type of value.");
        return Simple[(int)kind] ??= new(kind, null, [], []);
    }

    /// <summary>A decimal that the graph database shows as a number, rounded to so many digits; the replica keeps it as it is.</summary>
    /// <param name="precision">How many digits the column has, from 1 to 28, beyond which C# can't tell them apart.</param>
    /// <param name="scale">How many of them follow the point.</param>
    /// <exception cref="ArgumentOutOfRangeException">There can't be so many.</exception>
    public static ValueSchema Decimal(int precision, int scale)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(precision, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(precision, MaxPrecision);
        ArgumentOutOfRangeException.ThrowIfNegative(scale);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(scale, precision);
        return new(ValueKind.Decimal, null, [], []) { Digits = (precision, scale) };
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
        ValueKind.Decimal when Digits.Precision > 0 => $"Decimal({Digits.Precision}, {Digits.Scale})",
        ValueKind.Enum => $"Enum of {Element}",
        ValueKind.List => $"List of {Element}",
        ValueKind.Optional => $"{Element}?",
        ValueKind.Record => $"Record({string.Join(", ", Members.Select(member => $"{member.Value} {member.Name}"))})",
        _ => Kind.ToString(),
    };
}
