namespace Crdt.Tests.Specification.Model;

[CrdtRel(typeof(User), typeof(User), Name = "FOLLOWS")]
public partial class Follows
{
    [Lww]
    public partial DateOnly? Since { get; set; }
}
