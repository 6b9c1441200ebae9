namespace Crdt.Tests.Specification.Model;

[CrdtNode]
public partial class User
{
    [Key]
    public partial string Id { get; }

    [Lww]
    public partial string? Name { get; set; }

    [Lww]
    public partial string? Email { get; set; }

    [Lww(Rule = Resolution.OnlineWins)]
    public partial string? Status { get; set; }

    [Counter]
    public partial long Stock { get; set; }
}
