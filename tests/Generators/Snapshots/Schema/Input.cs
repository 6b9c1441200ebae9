namespace Shop;

/// <summary>A product.</summary>
[CrdtNode]
public partial class Product
{
    /// <summary>The key.</summary>
    [Key] public partial int Id { get; }
}

/// <summary>A shop.</summary>
[CrdtNode]
public partial class Branch
{
    /// <summary>The key.</summary>
    [Key] public partial int Id { get; }
}

/// <summary>What is sold where.</summary>
[CrdtRel(typeof(Branch), typeof(Product), Name = "SELLS")]
public partial class Sells;

/// <summary>All of it.</summary>
[CrdtSchema("shop \"1\"", Version = 4)]
internal static partial class ShopSchema;
