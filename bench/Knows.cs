namespace Crdt.Bench;

/// <summary>Who knows whom.</summary>
[CrdtRel(typeof(Person), typeof(Person))]
public sealed partial class Knows
{
    [Lww]
    public partial DateOnly? Since { get; set; }
}
