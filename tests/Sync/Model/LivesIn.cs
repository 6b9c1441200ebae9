namespace Crdt.Tests.Sync.Model;

[CrdtRel(typeof(Person), typeof(Place), Name = "LIVES_IN")]
public partial class LivesIn
{
    [Key]
    public partial int Year { get; }
}
