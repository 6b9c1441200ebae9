namespace Crdt.Tests.Properties.Subjects;

/// <summary>A generated node with every kind of field.</summary>
[CrdtNode]
public sealed partial class Product
{
    /// <summary>The key.</summary>
    [Key]
    public partial string Code { get; }

    /// <summary>Never absent.</summary>
    [Lww]
    public partial string Name { get; set; }

    /// <summary>Can be absent.</summary>
    [Lww]
    public partial decimal? Price { get; set; }

    /// <summary>Counts.</summary>
    [Counter]
    public partial long Stock { get; set; }

    /// <summary>Labels.</summary>
    [OrSet]
    public partial ISet<string> Tags { get; }
}

/// <summary>A generated relationship with a discriminator, as a record.</summary>
[CrdtRel(typeof(Product), typeof(Product))]
public sealed partial record Replaces
{
    /// <summary>Which of several between the same two.</summary>
    [Key]
    public partial int Round { get; }

    /// <summary>Since when.</summary>
    [Lww]
    public partial DateTimeOffset? Since { get; set; }

    /// <summary>Counts.</summary>
    [Counter]
    public partial long Votes { get; set; }
}
