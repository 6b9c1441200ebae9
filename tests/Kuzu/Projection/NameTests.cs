using Crdt.Codec;
using Crdt.Entities;
using Crdt.Projection;
using Crdt.Schema;
using Crdt.Types.Registers;
using Crdt.Types;

namespace Crdt.Tests.Kuzu.Projection;

/// <summary>What tables and columns can be called.</summary>
public sealed class NameTests
{
    [Theory]
    [InlineData("MATCH")]
    [InlineData("Order")]
    [InlineData("Table")]
    [InlineData("return")]
    [InlineData("NULL")]
    [InlineData("Straße_東京")]
    [InlineData("r")]
    [InlineData("e")]
    [InlineData("k")]
    [InlineData("c0")]
    [InlineData("_1")]
    public async Task Keywords_letters_of_any_script_and_our_own_variables_are_names(string name)
    {
        var column = new FieldSchema("value", FieldKind.Register, ValueKind.Int64, Nullable: true, name);
        var node = new EntityType("Node", name, EntityType.MainLane, new("id", ValueKind.Int64, "a"), null, null, column);
        var link = new EntityType("Link", name + "_", EntityType.MainLane, new("id", ValueKind.Int64, "b"), node, node, column);
        var schema = new GraphSchema("names", 1, node, link);
        await using var shown = await Shown.OpenAsync(schema);
        var (first, second) = (EntityId.Node(node, 1), EntityId.Relationship(link, EntityId.Node(node, 1), EntityId.Node(node, 1), 2));
        foreach (var many in new[] { false, true })
        {
            var others = Enumerable.Range(100, many ? 50 : 0).Select(id => Entities.Unwritten(node, EntityId.Node(node, id))).ToList();
            await shown.Projection.ApplyAsync(Entities.Batch(1, [Entities.Unwritten(node, first), Entities.Unwritten(link, second), .. others]));
            await shown.Projection.ApplyAsync(Entities.Batch(2, updated: [With(node, first, 7), With(link, second, 8), .. others]));
            Assert.Equal([7L, 8L], Assert.Single(await shown.RowsAsync($"MATCH (x:`{name}`)-[y:`{name}_`]->(:`{name}`) RETURN x.`{name}`, y.`{name}`")).Values);
            await shown.Projection.ApplyAsync(Entities.Batch(3, deleted: [second]));
            await shown.Projection.ApplyAsync(Entities.Batch(4, deleted: [first, .. others.Select(entity => entity.Id)]));
            Assert.Equal(0L, await shown.ValueAsync($"MATCH (x:`{name}`) RETURN count(*)"));
        }

        Assert.Equal(4, await shown.ReopenAsync(schema));

        ProjectedEntity With(EntityType type, EntityId id, long value)
        {
            var register = new LwwRegister<long, Int64Codec>(column, 0);
            return Entities.Written(type, id, [register], () => register.Value = value);
        }
    }

    [Theory]
    [InlineData("a`b")]
    [InlineData("a'b")]
    [InlineData("a\"b")]
    [InlineData("a b")]
    [InlineData("a;b")]
    [InlineData("a\0b")]
    [InlineData("1a")]
    [InlineData("a-b")]
    [InlineData("")]
    public async Task Any_other_name_is_refused_with_the_name_of_its_type_before_anything_is_touched(string name)
    {
        var plain = new KeySchema("id", ValueKind.Int64, "id");
        await using var shown = await Shown.OpenAsync(Town.Schema);
        await shown.Projection.ApplyAsync(Entities.Batch(3, [Town.PersonOf(1)]));
        await AssertRefusedAsync(shown, new("Culprit", name, EntityType.MainLane, plain, null, null));
        await AssertRefusedAsync(shown, new("Culprit", "T", EntityType.MainLane, plain with { Column = name }, null, null));
        await AssertRefusedAsync(shown, new("Culprit", "T", EntityType.MainLane, plain, null, null, Column("value", name)));
        Assert.Equal(3, await shown.ReopenAsync(Town.Schema));
        Assert.Empty(shown.SetAside);
    }

    [Theory]
    [InlineData("_ID")]
    [InlineData("_id")]
    [InlineData("_label")]
    [InlineData("_src")]
    [InlineData("_dst")]
    [InlineData("_nodes")]
    [InlineData("_rels")]
    [InlineData("_length")]
    [InlineData("Key")]
    public async Task A_column_that_is_reserved_or_there_already_is_refused(string name)
    {
        await using var shown = await Shown.OpenAsync(Town.Schema);
        await AssertRefusedAsync(shown, new("Culprit", "T", EntityType.MainLane, new("id", ValueKind.Int64, "key"), null, null, Column("value", name)));
    }

    [Theory]
    [InlineData("_crdt")]
    [InlineData("_CRDT")]
    public async Task The_table_of_the_watermark_is_reserved(string name)
    {
        await using var shown = await Shown.OpenAsync(Town.Schema);
        await AssertRefusedAsync(shown, new("Culprit", name, EntityType.MainLane, new("id", ValueKind.Int64, "id"), null, null));
    }

    private static FieldSchema Column(string field, string column) => new(field, FieldKind.Register, ValueKind.Int64, Nullable: true, column);

    private static async Task AssertRefusedAsync(Shown shown, EntityType type)
    {
        var error = await Assert.ThrowsAsync<ProjectionException>(() => shown.ReopenAsync(new GraphSchema("names", 1, type)));
        Assert.Contains("'Culprit'", error.Message);
    }
}
