namespace Crdt.Samples.Browser.Model;

/// <summary>Somewhere, with something in stock.</summary>
[CrdtNode]
public sealed partial class Place
{
    [Key]
    public partial string Id { get; }

    [Lww]
    public partial string? Name { get; set; }

    /// <summary>What is taken and brought anywhere adds up.</summary>
    [Counter]
    public partial long Stock { get; set; }
}
