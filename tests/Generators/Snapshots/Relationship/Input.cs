namespace Shop;

/// <summary>Someone who buys.</summary>
[CrdtNode(Lane = "people")]
internal partial class Person
{
    /// <summary>The name of the account.</summary>
    [Key] public partial string Id { get; }
}

/// <summary>One of many talks.</summary>
[CrdtRel(typeof(Person), typeof(Person), Name = "TALKED_TO", Lane = "talk", Multiplicity = Multiplicity.ManyOne, OnEndDeleted = OnEndDeleted.Cascade)]
public partial class TalkedTo
{
    /// <summary>Which talk.</summary>
    [Key] public partial Guid Talk { get; }

    /// <summary>When.</summary>
    [Lww] public partial DateTimeOffset? At { get; set; }
}
