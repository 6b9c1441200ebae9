namespace Shop;

/// <summary>Someone who buys.</summary>
[CrdtNode]
public partial class Person
{
    /// <summary>The number of the account.</summary>
    [Key] public partial long Id { get; }

    /// <summary>Where mail goes.</summary>
    [Lww] public partial string? Email { get; set; }

    /// <summary>What is shown.</summary>
    [Lww(Name = "name", Resolve = nameof(Longest))] public partial string Name { get; set; }

    /// <summary>What is in stock.</summary>
    [Counter] public partial long Stock { get; private set; }

    /// <summary>Labels.</summary>
    [OrSet] public partial ISet<string> Tags { get; }

    private static string Longest(IReadOnlyList<Sibling<string>> siblings) =>
        siblings.Select(sibling => sibling.Value).OrderBy(name => name.Length).ThenBy(name => name, StringComparer.Ordinal).Last();
}
