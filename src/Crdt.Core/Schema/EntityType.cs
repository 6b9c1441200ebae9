using System.Diagnostics.CodeAnalysis;
using Crdt.Entities;
using Crdt.Uniqueness;

namespace Crdt.Schema;

/// <summary>
/// What the library knows of one annotated class: enough to create, merge and project its entities without the class.
/// Immutable; made by the source generator.
/// </summary>
public sealed class EntityType
{
    private readonly FieldSchema[] _fields;

    /// <summary>Describes a type of node, whose key is required, or of relationship, whose key is optional.</summary>
    /// <param name="name">Its name in the data; its number on the wire is made from it.</param>
    /// <param name="table">The table of the graph database that shows it.</param>
    /// <param name="lane">The causal domain that it belongs to.</param>
    /// <param name="key">A node's key; a relationship's discriminator among those with the same ends, or null.</param>
    /// <param name="source">The type that a relationship starts from; null for a node.</param>
    /// <param name="target">The type that a relationship leads to; null for a node.</param>
    /// <param name="fields">The fields that merge.</param>
    /// <exception cref="ArgumentException">Two fields have the same number, or key and ends don't go together.</exception>
    public EntityType(string name, string table, string lane, KeySchema? key, EntityType? source, EntityType? target, params FieldSchema[] fields)
    {
        if (source is null != target is null) throw new ArgumentException($"'{name}' needs both ends or none.", nameof(target));
        if (source is null && key is null) throw new ArgumentException($"The node type '{name}' needs a key.", nameof(key));
        if (source is { IsRelationship: true } || target is { IsRelationship: true }) throw new ArgumentException($"'{name}' connects a relationship; only nodes can be connected.", nameof(source));
        (Name, Table, Lane, Key, Source, Target, Id) = (name, table, lane, key, source, target, SchemaHash.Of(name));
        _fields = [.. fields.OrderBy(field => field.Id)];
        for (var i = 1; i < _fields.Length; i++)
        {
            if (_fields[i].Id != _fields[i - 1].Id) continue;
            throw new ArgumentException($"The fields '{_fields[i - 1].Name}' and '{_fields[i].Name}' of '{name}' have the same number; rename one of them.", nameof(fields));
        }

        UniqueFields = [.. _fields.Where(field => field.IsUnique)];
        foreach (var field in UniqueFields)
        {
            if (IsRelationship || !UniqueClaims.CanBeUnique(field)) throw new ArgumentException($"'{name}.{field.Name}' can't be unique: that is for registers of nodes whose last write wins, of a type whose equal values have the same bytes.", nameof(fields));
        }
    }

    /// <summary>The lane of every type that doesn't name another.</summary>
    public const string MainLane = "main";

    /// <summary>The type's name in the data.</summary>
    public string Name { get; }

    /// <summary>The type's number on the wire.</summary>
    public uint Id { get; }

    /// <summary>The table of the graph database that shows its entities.</summary>
    public string Table { get; }

    /// <summary>The causal domain that it belongs to.</summary>
    public string Lane { get; }

    /// <summary>A node's key, or a relationship's discriminator.</summary>
    public KeySchema? Key { get; }

    /// <summary>The type that a relationship starts from.</summary>
    public EntityType? Source { get; }

    /// <summary>The type that a relationship leads to.</summary>
    public EntityType? Target { get; }

    /// <summary>What becomes of an entity that is deleted and written to concurrently.</summary>
    public Deletion Deletion { get; init; }

    /// <summary>How many relationships of the type a node can have at most.</summary>
    /// <exception cref="ArgumentException">It is a type of node, or there is no such multiplicity, or a field has the number of what is kept to tell the latest connection.</exception>
    public Multiplicity Multiplicity
    {
        get;
        init
        {
            if (!Enum.IsDefined(value)) throw new ArgumentException($"There is no multiplicity {value}.", nameof(value));
            if (value != Multiplicity.ManyMany && !IsRelationship) throw new ArgumentException($"'{Name}' is a node; only relationships have a multiplicity.", nameof(value));
            if (value != Multiplicity.ManyMany && FindField(Connection.FieldId) is { } clash)
                throw new ArgumentException($"The field '{clash.Name}' of '{Name}' has a number that is taken where there is a multiplicity; rename it.", nameof(value));
            field = value;
        }
    }

    /// <summary>What becomes of a relationship when a node that it connects is deleted.</summary>
    /// <exception cref="ArgumentException">It is a type of node, or there is no such rule, or updates don't win for the nodes that are to be restored.</exception>
    public OnEndDeleted OnEndDeleted
    {
        get;
        init
        {
            if (!Enum.IsDefined(value)) throw new ArgumentException($"There is no rule {value} for deleted ends.", nameof(value));
            if (value != OnEndDeleted.Hide && !IsRelationship) throw new ArgumentException($"'{Name}' is a node; only relationships have ends.", nameof(value));
            if (value == OnEndDeleted.Restore && (Source!.Deletion, Target!.Deletion) != (Deletion.UpdateWins, Deletion.UpdateWins))
                throw new ArgumentException($"'{Name}' restores its ends, so updates have to win for both '{Source}' and '{Target}'.", nameof(value));
            field = value;
        }
    }

    /// <summary>Whether a source, or a target, can have one relationship of the type at most.</summary>
    public bool IsConstrained => Multiplicity != Multiplicity.ManyMany;

    /// <summary>Whether its entities connect two nodes.</summary>
    [MemberNotNullWhen(true, nameof(Source), nameof(Target))]
    [MemberNotNullWhen(false, nameof(Key))]
    public bool IsRelationship => Source is not null;

    /// <summary>The fields, ascending by their numbers, which is their order on the wire.</summary>
    public IReadOnlyList<FieldSchema> Fields => _fields;

    /// <summary>Those of the fields whose values one node at most is to have.</summary>
    public IReadOnlyList<FieldSchema> UniqueFields { get; }

    /// <summary>The field of a number, or null. O(log n).</summary>
    public FieldSchema? FindField(uint id)
    {
        int low = 0, high = _fields.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            if (_fields[middle].Id == id) return _fields[middle];
            if (_fields[middle].Id < id) low = middle + 1; else high = middle - 1;
        }

        return null;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
