namespace Crdt.Tests.Sync.Model;

[CrdtRel(typeof(Person), typeof(Person), Name = "KNOWS")]
public partial class Knows
{
    [Lww]
    public partial DateOnly? Since { get; set; }
}
