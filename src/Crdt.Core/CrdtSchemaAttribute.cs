namespace Crdt;

/// <summary>Makes a partial class the schema of all annotated classes of the project; it gets a static <c>Instance</c>.</summary>
/// <param name="name">What the graph is called in stores and handshakes. Replicas of one graph have one name.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class CrdtSchemaAttribute(string name) : Attribute
{
    /// <summary>What the graph is called.</summary>
    public string Name { get; } = name;

    /// <summary>Counts the author's changes, from 1.</summary>
    public int Version { get; set; } = 1;
}
