namespace Shop;

/// <summary>Someone who buys.</summary>
[CrdtNode]
public partial record Person
{
    /// <summary>The number of the account.</summary>
    [Key] public partial long Id { get; }

    /// <summary>Where mail goes.</summary>
    [Lww] public partial string? Email { get; set; }

    /// <summary>Labels.</summary>
    [OrSet] public partial ISet<string> Tags { get; }

    /// <summary>Only here.</summary>
    public string Note { get; init; } = "";
}

/// <summary>Bought.</summary>
[CrdtRel(typeof(Person), typeof(Person))]
public sealed partial record Gift
{
    /// <summary>The number of the gift.</summary>
    [Key] public partial int Number { get; }
}
