namespace Crdt;

/// <summary>What the attributes of all merging properties have in common.</summary>
[AttributeUsage(AttributeTargets.Property)]
public abstract class FieldAttribute : Attribute
{
    private protected FieldAttribute()
    {
    }

    /// <summary>The field's name in the data and of its column; by default that of the property. Changing it makes another field.</summary>
    public string? Name { get; set; }
}
