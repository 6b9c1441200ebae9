namespace Crdt.Kuzu.Binding;

public sealed partial record KuzuColumnType
{
    /// <summary>The type of a list's elements; null for any other kind.</summary>
    public KuzuColumnType? Element => Kind == KuzuColumnKind.List ? Parts[0].Type : null;

    /// <summary>The fields of a struct, in the order in which rows give them; none for any other kind.</summary>
    public IReadOnlyList<KuzuColumn> Fields => Kind == KuzuColumnKind.Struct ? Parts : [];

    /// <summary>What the type is made of: the element, or the fields.</summary>
    internal IReadOnlyList<KuzuColumn> Parts { get; }

    /// <summary>A list of any length.</summary>
    /// <param name="element">The type of its elements; lists nest.</param>
    public static KuzuColumnType List(KuzuColumnType element)
    {
        ArgumentNullException.ThrowIfNull(element);
        return new(KuzuColumnKind.List, element.Cypher + "[]", parts: [new("", element)]);
    }

    /// <summary>STRUCT.</summary>
    /// <param name="fields">
    /// Its fields, at least one; their names differ, case aside. None of them may need a cast, as BLOB, UUID and DECIMAL do: the engine casts
    /// the fields of a struct that is NULL too, and fails on what it finds there.
    /// </param>
    /// <exception cref="ArgumentException">There is none, a name is taken or <see cref="CypherName.Field"/> refuses it, or a type needs a cast.</exception>
    public static KuzuColumnType Struct(params IReadOnlyList<KuzuColumn> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        if (fields.Count == 0) throw new ArgumentException("A struct needs a field.", nameof(fields));
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var field in fields)
        {
            ArgumentNullException.ThrowIfNull(field.Type, nameof(fields));
            ArgumentNullException.ThrowIfNull(field.Name, nameof(fields));
            if (field.Type.NeedsCast)
                throw new ArgumentException($"The field '{field.Name}' is of the type {field.Type}, which a struct can't take from a parameter.", nameof(fields));
            if (!names.Add(field.Name))
                throw new ArgumentException($"'{field.Name}' is the name of two fields, case aside.", nameof(fields));
        }

        var parts = fields.Select(field => $"{CypherName.Field(field.Name)} {field.Type.Cypher}");
        return new(KuzuColumnKind.Struct, $"STRUCT({string.Join(", ", parts)})", parts: [.. fields]);
    }

    /// <summary>Whether both are the same type: their name in DDL says all.</summary>
    public bool Equals(KuzuColumnType? other) => other is not null && Cypher == other.Cypher;

    /// <inheritdoc/>
    public override int GetHashCode() => Cypher.GetHashCode(StringComparison.Ordinal);
}
