namespace Crdt.Schema;

/// <content>What two versions of a schema know together.</content>
public sealed partial class GraphSchema
{
    /// <summary>Whether this schema knows every type and field that another knows. O(fields).</summary>
    public bool Covers(GraphSchema other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return other.Types.All(theirs => Find(theirs.Id) is { } mine && theirs.Fields.All(field => mine.FindField(field.Id) is not null));
    }

    /// <summary>
    /// The schema that knows the types and fields of both. Where both know one, this schema's say counts: what it is called in the graph database, whether its values are unique. A replica
    /// that carries the data of programs of several versions is opened with it.
    /// </summary>
    /// <exception cref="ArgumentException">They can't be merged, as <see cref="ConflictWith"/> says, or a table or a number would be taken twice.</exception>
    public GraphSchema Union(GraphSchema other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (ConflictWith(other) is { } conflict) throw new ArgumentException($"The schemas can't be united: {conflict}.", nameof(other));
        var united = new Dictionary<uint, EntityType>();
        foreach (var type in Types.Concat(other.Types).OrderBy(type => type.IsRelationship)) // ends before what connects them
        {
            if (!united.ContainsKey(type.Id)) united.Add(type.Id, Unite(type, other.Find(type.Id), united));
        }

        return new(Name, Math.Max(Version, other.Version), [.. united.Values]);
    }

    private static EntityType Unite(EntityType mine, EntityType? theirs, Dictionary<uint, EntityType> united)
    {
        var added = theirs is null ? [] : theirs.Fields.Where(field => mine.FindField(field.Id) is null);
        var (source, target) = mine.IsRelationship ? (united[mine.Source.Id], united[mine.Target.Id]) : (null, null);
        return new(mine.Name, mine.Table, mine.Lane, mine.Key, source, target, [.. mine.Fields, .. added])
        {
            Deletion = mine.Deletion,
            Multiplicity = mine.Multiplicity,
            OnEndDeleted = mine.OnEndDeleted,
        };
    }
}
