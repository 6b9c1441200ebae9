namespace Crdt;

/// <summary>Makes a partial class or record a replicated relationship between two types of node.</summary>
/// <param name="source">The class that it starts from, marked <see cref="CrdtNodeAttribute"/>.</param>
/// <param name="target">The class that it leads to, marked <see cref="CrdtNodeAttribute"/>.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class CrdtRelAttribute(Type source, Type target) : Attribute
{
    /// <summary>The class that it starts from.</summary>
    public Type Source { get; } = source;

    /// <summary>The class that it leads to.</summary>
    public Type Target { get; } = target;

    /// <summary>The type's name in the data and the name of its table; by default that of the class. Changing it makes another type.</summary>
    public string? Name { get; set; }

    /// <summary>The causal domain that the type belongs to, <c>main</c> by default.</summary>
    public string? Lane { get; set; }

    /// <summary>What becomes of an entity that one replica deletes while another writes to it.</summary>
    public Deletion Deletion { get; set; }

    /// <summary>How many relationships of the type a node can have at most: any number by default.</summary>
    public Multiplicity Multiplicity { get; set; }

    /// <summary>What becomes of a relationship when a node that it connects is deleted: by default it is hidden.</summary>
    public OnEndDeleted OnEndDeleted { get; set; }

    /// <summary>Whether the class implements <see cref="System.ComponentModel.INotifyPropertyChanged"/>: it tells of each property that a write or a merge has changed.</summary>
    public bool Observable { get; set; }
}
