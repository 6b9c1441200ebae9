using Crdt.Codec;
using Crdt.Entities;

namespace Crdt.Tests.Properties.Subjects;

/// <summary>A generated node with every kind of field.</summary>
[CrdtNode]
public sealed partial class Product
{
    /// <summary>The key.</summary>
    [Key]
    public partial string Code { get; }

    /// <summary>Never absent.</summary>
    [Lww]
    public partial string Name { get; set; }

    /// <summary>Can be absent.</summary>
    [Lww]
    public partial decimal? Price { get; set; }

    /// <summary>Counts.</summary>
    [Counter]
    public partial long Stock { get; set; }

    /// <summary>Labels.</summary>
    [OrSet]
    public partial ISet<string> Tags { get; }
}

/// <summary>A generated relationship with a discriminator.</summary>
[CrdtRel(typeof(Product), typeof(Product))]
public sealed partial class Replaces
{
    /// <summary>Which of several between the same two.</summary>
    [Key]
    public partial int Round { get; }

    /// <summary>Since when.</summary>
    [Lww]
    public partial DateTimeOffset? Since { get; set; }

    /// <summary>Counts.</summary>
    [Counter]
    public partial long Votes { get; set; }
}

/// <summary>The product, written through its properties.</summary>
internal static class ProductSubject
{
    public static Subject New() => new GeneratedSubject<Product>(
        "generated Product",
        EntityId.Node(Product.EntityType, "p-1"),
        new RegisterSubject<string, TextCodec>("Name", false, "", ["", "a", "b"], e => ((Product)e).Name, (e, v) => ((Product)e).Name = v),
        new RegisterSubject<decimal?, NullableCodec<decimal, DecimalCodec>>(
            "Price", true, null, [null, 1.0m, 1.00m, -0.0m], e => ((Product)e).Price, (e, v) => ((Product)e).Price = v),
        new CounterSubject("Stock", e => ((Product)e).Stock, (e, amount) => ((Product)e).Stock += amount),
        new SetSubject<string, TextCodec>("Tags", ["", "x", "y"], e => ((Product)e).Tags));
}

/// <summary>The relationship, written through its properties.</summary>
internal static class ReplacesSubject
{
    public static Subject New()
    {
        var (source, target) = (EntityId.Node(Product.EntityType, "p-1"), EntityId.Node(Product.EntityType, "p-2"));
        return new GeneratedSubject<Replaces>(
            "generated Replaces",
            EntityId.Relationship(Replaces.EntityType, source, target, 7),
            new RegisterSubject<DateTimeOffset?, NullableCodec<DateTimeOffset, DateTimeOffsetCodec>>(
                "Since", true, null, [null, DateTimeOffset.MaxValue, DateTimeOffset.UnixEpoch], e => ((Replaces)e).Since, (e, v) => ((Replaces)e).Since = v),
            new CounterSubject("Votes", e => ((Replaces)e).Votes, (e, amount) => ((Replaces)e).Votes += amount));
    }
}

/// <summary>A class that the source generator completed.</summary>
internal sealed class GeneratedSubject<T>(string name, EntityId id, params FieldSubject[] fields) : Subject(name, T.EntityType, id, fields)
    where T : class, IEntity<T>
{
    public override IEntity New(Author? author) => T.Create(Id, author);
}
