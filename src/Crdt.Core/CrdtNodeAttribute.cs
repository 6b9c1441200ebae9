namespace Crdt;

/// <summary>
/// Makes a partial class or record a replicated node. Its partial properties marked <see cref="KeyAttribute"/> or with an attribute that
/// says how they merge (<see cref="FieldAttribute"/>) get their implementation from the source generator, and the class gets
/// <c>Merge</c>, deltas and a codec.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class CrdtNodeAttribute : Attribute
{
    /// <summary>The type's name in the data and the name of its table; by default that of the class. Changing it makes another type.</summary>
    public string? Name { get; set; }

    /// <summary>The causal domain that the type belongs to, <c>main</c> by default.</summary>
    public string? Lane { get; set; }

    /// <summary>What becomes of an entity that one replica deletes while another writes to it.</summary>
    public Deletion Deletion { get; set; }

    /// <summary>Whether the class implements <see cref="System.ComponentModel.INotifyPropertyChanged"/>: it tells of each property that a write or a merge has changed.</summary>
    public bool Observable { get; set; }
}
