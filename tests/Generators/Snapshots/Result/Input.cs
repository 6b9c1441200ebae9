namespace Shop
{
    /// <summary>All of it in the constructor.</summary>
    [QueryResult]
    public sealed partial record PersonRow(
        long Id,
        [Column("p.Email")] string? Mail,
        byte Age,
        Size? Size,
        IReadOnlyList<string> Tags,
        Dictionary<int, decimal?>? Prices,
        AddressRow? Home,
        AddressRow[]? Former);

    /// <summary>A struct.</summary>
    [QueryResult]
    public readonly partial record struct AddressRow(string Street, int? Number);

    /// <summary>Properties beside a constructor, and in a type around it.</summary>
    public partial class Shelf
    {
        [QueryResult]
        internal partial class Row(Guid id)
        {
            public Guid Id => id;
            [Column("count(*)")] public required Int128 Count { get; init; }
            internal object? @event { get; set; }
            public ISet<DateOnly?> Days { get; set; } = new HashSet<DateOnly?>();
            public string Note { get; private set; } = "";
            public static int Total { get; set; }
        }
    }

    /// <summary>An enum.</summary>
    public enum Size
    {
        /// <summary>Less.</summary>
        Small,

        /// <summary>More.</summary>
        Large,
    }
}
