using Crdt.Entities;
using Crdt.Schema;
using Crdt.Sync;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync;

/// <summary>A graph database follows a schema that has grown, in place where its rows can stay.</summary>
public sealed class MigrationTests : IAsyncDisposable
{
    private static readonly FieldSchema Name = new("name", FieldKind.Register, ValueKind.Text, Nullable: true, "name");
    private static readonly FieldSchema Age = new("age", FieldKind.Register, ValueKind.Int32, Nullable: false, "age");
    private static readonly FieldSchema Tags = new("tags", FieldKind.Set, ValueKind.Text, Nullable: false, "tags");

    private readonly Scene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    private IEnumerable<string> SetAside => Directory.EnumerateFiles(_scene.FolderOf("office"), "graph.kuzu.set-aside-*");

    [Fact]
    public async Task Fields_that_are_added_show_in_the_rows_that_are_there()
    {
        await FillAsync(Schema(1, User(Name)));
        var office = await OpenAsync(Schema(2, User(Name, Age, Tags)));
        Assert.Equal(["1|Ann|0|[]", "2|Bob|0|[]"], await office.RowsAsync("MATCH (u:User) RETURN u.id, u.name, u.age, u.tags ORDER BY u.id"));
        await office.EditAsync(async tx => (await tx.GetNodeAsync("User", 1))!["age"] = 30);
        await office.EditAsync(tx => tx.AddNode("User", 3, ("age", 3)));
        Assert.Equal(["1|Ann|30", "2|Bob|0", "3|null|3"], await office.RowsAsync("MATCH (u:User) RETURN u.id, u.name, u.age ORDER BY u.id"));
        await AssertInPlaceAsync(office);
    }

    [Fact]
    public async Task What_others_sent_of_a_field_before_it_was_known_shows_too()
    {
        var (older, newer) = (Schema(1, User(Name)), Schema(2, User(Name, Age)));
        await FillAsync(older);
        var laptop = await _scene.OpenAsync("laptop", schema: newer);
        var office = await OpenAsync(older);
        await laptop.SyncAsync(office);
        await laptop.EditAsync(async tx => (await tx.GetNodeAsync("User", 2))!["age"] = 55);
        await laptop.SyncAsync(office);
        await office.ProjectedAsync();
        await _scene.CloseAsync(office);
        office = await OpenAsync(newer);
        Assert.Equal(["1|0", "2|55"], await office.RowsAsync("MATCH (u:User) RETURN u.id, u.age ORDER BY u.id"));
        await AssertInPlaceAsync(office);
    }

    [Fact]
    public async Task Types_that_are_added_get_their_tables()
    {
        var user = User(Name);
        await FillAsync(Schema(1, user));
        var place = new EntityType("Place", "Place", EntityType.MainLane, new("name", ValueKind.Text, "name"), null, null);
        var lives = new EntityType("LIVES", "LIVES", EntityType.MainLane, null, user, place, Age);
        var office = await OpenAsync(Schema(2, user, place, lives));
        await office.EditAsync(tx => tx.AddRelationship("LIVES", EntityId.Node(user, 1), tx.AddNode("Place", "Rome").Id, values: [("age", 7)]));
        Assert.Equal(["Ann|7|Rome"], await office.RowsAsync("MATCH (u:User)-[l:LIVES]->(p:Place) RETURN u.name, l.age, p.name"));
        await AssertInPlaceAsync(office);
    }

    [Fact]
    public async Task Fields_of_relationships_can_be_added()
    {
        var user = User(Name);
        EntityType Follows(params FieldSchema[] fields) => new("FOLLOWS", "FOLLOWS", EntityType.MainLane, null, user, user, fields);
        await FillAsync(Schema(1, user, Follows()), tx => tx.AddRelationship("FOLLOWS", EntityId.Node(user, 1), EntityId.Node(user, 2)));
        var office = await OpenAsync(Schema(2, user, Follows(Age, Name)));
        Assert.Equal(["0|null"], await office.RowsAsync("MATCH (:User)-[f:FOLLOWS]->(:User) RETURN f.age, f.name"));
        await AssertInPlaceAsync(office);
    }

    [Fact]
    public async Task Names_that_an_enum_gains_show_in_place_of_numbers()
    {
        static FieldSchema Mood(params EnumName[] names) => new("mood", FieldKind.Register, ValueSchema.Enum(ValueKind.Int32, names), Nullable: false, "mood");
        var (older, newer) = (User(Mood(new EnumName(0, "Calm"))), User(Mood(new EnumName(0, "Calm"), new EnumName(1, "Wild"))));
        await FillAsync(Schema(1, older), tx => tx.AddNode("User", 3, ("mood", 1)));
        var office = await OpenAsync(Schema(2, newer));
        Assert.Equal(["Calm", "Calm", "Wild"], await office.RowsAsync("MATCH (u:User) RETURN u.mood ORDER BY u.id"));
        await AssertInPlaceAsync(office);
    }

    [Fact]
    public async Task A_migration_that_was_interrupted_is_taken_up_again()
    {
        await FillAsync(Schema(1, User(Name)));
        var ending = new ExchangeableProjection(_scene.FolderOf("office")) { EndsBeforeBatch = true };
        await Assert.ThrowsAsync<OperationCanceledException>(() => _scene.OpenAsync("office", schema: Schema(2, User(Name, Age)), projection: () => ending));
        var office = await OpenAsync(Schema(2, User(Name, Age)));
        Assert.Equal(["0", "0"], await office.RowsAsync("MATCH (u:User) RETURN u.age"));
        await AssertInPlaceAsync(office);
    }

    [Theory]
    [InlineData("a field less")]
    [InlineData("another column for a field")]
    [InlineData("a type less")]
    [InlineData("entities of a type that is new")]
    public async Task What_can_not_be_led_on_in_place_is_made_anew(string change)
    {
        var other = new EntityType("Other", "Other", EntityType.MainLane, new("id", ValueKind.Int64, "id"), null, null);
        var (before, after) = change switch
        {
            "a field less" => (Schema(1, User(Name, Age)), Schema(2, User(Name))),
            "another column for a field" => (Schema(1, User(Name, Age)), Schema(2, User(Name, Age with { Column = "years" }))),
            "a type less" => (Schema(1, User(Name), other), Schema(2, User(Name))),
            _ => (Schema(1, User(Name)), Schema(2, User(Name), other)),
        };
        await FillAsync(before);
        if (change == "entities of a type that is new")
        {
            var unseen = await _scene.OpenAsync("office", schema: after);
            await unseen.EditAsync(tx => tx.AddNode("Other", 1));
            await _scene.CloseAsync(unseen);
        }

        var office = await OpenAsync(after);
        Assert.Equal(["1|Ann", "2|Bob"], await office.RowsAsync("MATCH (u:User) RETURN u.id, u.name ORDER BY u.id"));
        Assert.Single(office.Rebuilds);
        Assert.True((await office.VerifyAsync()).IsClean);
    }

    private static GraphSchema Schema(int version, params EntityType[] types) => new("migration", version, types);

    private static EntityType User(params FieldSchema[] fields) => new("User", "User", EntityType.MainLane, new("id", ValueKind.Int64, "id"), null, null, fields);

    private async Task FillAsync(GraphSchema schema, Action<Crdt.Sync.Transactions.GraphTransaction>? more = null)
    {
        var office = await OpenAsync(schema);
        await office.EditAsync(tx =>
        {
            foreach (var (id, name) in new[] { (1, "Ann"), (2, "Bob") })
            {
                var user = tx.AddNode("User", id);
                if (schema.TypeOf("User").FindField(Name.Id) is not null) user["name"] = name;
            }

            more?.Invoke(tx);
        });
        await office.ProjectedAsync();
        await _scene.CloseAsync(office);
    }

    private Task<GraphReplica> OpenAsync(GraphSchema schema) => _scene.OpenAsync("office", kuzu: true, schema: schema);

    private async Task AssertInPlaceAsync(GraphReplica office)
    {
        Assert.Empty(office.Rebuilds);
        Assert.True((await office.VerifyAsync()).IsClean);
        var schema = office.Schema;
        await _scene.CloseAsync(office);
        Assert.Empty((await OpenAsync(schema)).Rebuilds);
        Assert.Empty(SetAside);
    }
}
