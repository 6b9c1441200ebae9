namespace Crdt.Tests.Generators.Features;

/// <summary>A node with every kind of field.</summary>
[CrdtNode]
public partial class Person
{
    /// <summary>The key.</summary>
    [Key]
    public partial long Id { get; }

    /// <summary>Can be absent.</summary>
    [Lww]
    public partial string? Email { get; set; }

    /// <summary>Counts.</summary>
    [Counter]
    public partial long Stock { get; set; }

    /// <summary>Labels.</summary>
    [OrSet]
    public partial ISet<string> Tags { get; }
}

/// <summary>A relationship without discriminator.</summary>
[CrdtRel(typeof(Person), typeof(Person), Name = "KNOWS")]
public partial class Knows
{
    /// <summary>Since when.</summary>
    [Lww]
    public partial DateOnly? Since { get; set; }
}

/// <summary>Everything of this project.</summary>
[CrdtSchema("features", Version = 3)]
public static partial class FeaturesSchema;

/// <summary>The same classes under another name.</summary>
[CrdtSchema("second")]
internal sealed partial class SecondSchema;
