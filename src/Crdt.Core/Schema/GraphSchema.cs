using Crdt.Codec;
using Crdt.Entities;

namespace Crdt.Schema;

/// <summary>
/// All types of one application. Every replica of a graph opens it under the same schema name; replicas of different
/// versions work together as long as a field that both know has the same kind and type.
/// </summary>
public sealed partial class GraphSchema
{
    private readonly Dictionary<uint, EntityType> _byId = [];

    /// <summary>Lists the types of a graph.</summary>
    /// <param name="name">What the graph is called in stores and handshakes.</param>
    /// <param name="version">Counts the author's changes to the schema, from 1; for messages to people.</param>
    /// <param name="types">The types, in any order; a relationship's ends have to be among them.</param>
    /// <exception cref="ArgumentException">Two types have the same number or table, or an end is missing.</exception>
    public GraphSchema(string name, int version, params EntityType[] types)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(version, 1);
        (Name, Version) = (name, version);
        Types = [.. types.OrderBy(type => type.IsRelationship).ThenBy(type => type.Name, StringComparer.Ordinal)];
        var tables = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var type in Types)
        {
            if (!_byId.TryAdd(type.Id, type)) throw new ArgumentException($"'{type.Name}' and '{_byId[type.Id].Name}' have the same number; rename one of them.", nameof(types));
            if (!tables.Add(type.Table)) throw new ArgumentException($"Two types are shown in the table '{type.Table}'; rename one of them.", nameof(types));
        }

        foreach (var type in Types)
        {
            if (type.IsRelationship && (Find(type.Source.Id) != type.Source || Find(type.Target.Id) != type.Target))
                throw new ArgumentException($"The relationship '{type.Name}' connects a type that is not part of the schema.", nameof(types));
        }
    }

    /// <summary>What the graph is called.</summary>
    public string Name { get; }

    /// <summary>Counts the author's changes, from 1.</summary>
    public int Version { get; }

    /// <summary>Nodes first, then relationships, each by name.</summary>
    public IReadOnlyList<EntityType> Types { get; }

    /// <summary>The lanes that the types belong to, in order.</summary>
    public IReadOnlyList<string> Lanes => [.. Types.Select(type => type.Lane).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The type of a number, or null. O(1).</summary>
    public EntityType? Find(uint id) => _byId.GetValueOrDefault(id);

    /// <summary>The type of a name.</summary>
    /// <exception cref="ArgumentException">There is none; the message has those that there are.</exception>
    public EntityType TypeOf(string name) => Find(SchemaHash.Of(name)) is { } type && type.Name == name
        ? type
        : throw new ArgumentException($"The schema '{Name}' has no type '{name}'; it has {string.Join(", ", Types.Select(known => known.Name))}.", nameof(name));

    /// <summary>The type of an entity.</summary>
    /// <exception cref="ArgumentException">The schema lacks it.</exception>
    public EntityType TypeOf(EntityId id) =>
        Find(id.TypeId) ?? throw new ArgumentException($"The schema '{Name}' lacks the type of this entity, whose number is {id.TypeId}.", nameof(id));

    /// <summary>The name and version, for messages: <c>shop version 2</c>.</summary>
    public override string ToString() => $"{Name} version {Version}";

    /// <summary>Writes everything that merging and projecting need to know of the types.</summary>
    public void Write(ref WireWriter writer) => SchemaCodec.Write(ref writer, this);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="WireFormatException">The bytes do not describe a schema.</exception>
    public static GraphSchema Read(ref WireReader reader) => SchemaCodec.Read(ref reader);

    /// <summary>
    /// Says why entities of this schema and of <paramref name="other"/> can't be merged, or null where they can: a field
    /// that both know merges differently or holds another type, a type is a node here and a relationship there.
    /// </summary>
    public string? ConflictWith(GraphSchema other)
    {
        if (Name != other.Name) return $"the graph is '{this}' here and '{other}' there";
        foreach (var mine in Types)
        {
            if (other.Find(mine.Id) is not { } theirs) continue;
            if (Difference(mine, theirs) is { } difference) return $"{difference} ({this} here, {other} there)";
        }

        return null;
    }

    private static string? Difference(EntityType mine, EntityType theirs)
    {
        if (mine.Lane != theirs.Lane) return $"'{mine.Name}' is in lane '{mine.Lane}' here and in '{theirs.Lane}' there";
        if (mine.Deletion != theirs.Deletion) return $"'{mine.Name}' is resolved by {mine.Deletion} here and by {theirs.Deletion} there";
        if (mine.Multiplicity != theirs.Multiplicity) return $"'{mine.Name}' is {mine.Multiplicity} here and {theirs.Multiplicity} there";
        if (mine.OnEndDeleted != theirs.OnEndDeleted) return $"where an end is deleted, '{mine.Name}' does {mine.OnEndDeleted} here and {theirs.OnEndDeleted} there";
        if (mine.Key?.Value != theirs.Key?.Value) return $"the key of '{mine.Name}' is {Describe(mine.Key)} here and {Describe(theirs.Key)} there";
        if (mine.Source?.Name != theirs.Source?.Name || mine.Target?.Name != theirs.Target?.Name)
            return $"'{mine.Name}' does not connect the same types here and there";
        foreach (var field in mine.Fields)
        {
            if (theirs.FindField(field.Id) is not { } other || (field.Kind, field.Key, field.Value, field.Min).Equals((other.Kind, other.Key, other.Value, other.Min))) continue;
            return $"'{mine.Name}.{field.Name}' is a {Describe(field)} here and a {Describe(other)} there";
        }

        return null;
    }

    private static string Describe(FieldSchema field)
    {
        var kind = field.Kind == FieldKind.BoundedCounter ? $"{field.Kind} from {field.Min}" : $"{field.Kind}";
        return field.Key is null ? $"{kind} of {field.Value}" : $"{kind} from {field.Key} to {field.Value}";
    }

    private static string Describe(KeySchema? key) => key is null ? "absent" : key.Value.ToString();
}
