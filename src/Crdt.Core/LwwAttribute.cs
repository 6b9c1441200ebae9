namespace Crdt;

/// <summary>A property whose last write wins; concurrent writes are kept as a conflict until a later one settles it.</summary>
public sealed class LwwAttribute : FieldAttribute
{
    /// <summary>
    /// The name of a static method of the class that says what concurrent writes read as, in place of the last one:
    /// <c>static T Method(IReadOnlyList&lt;Sibling&lt;T&gt;&gt; siblings)</c>. It must be a pure function of its argument.
    /// </summary>
    public string? Resolve { get; set; }

    /// <summary>What concurrent writes read as, where that isn't the last one.</summary>
    public Resolution Rule { get; set; }
}
