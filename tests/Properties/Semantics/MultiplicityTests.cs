using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Dynamic;
using Crdt.Entities;
using Crdt.Schema;
using Crdt.Tests.Properties.Subjects;
using Crdt.Types;

namespace Crdt.Tests.Properties.Semantics;

/// <summary>What a type with a multiplicity says, and what its relationships keep so that the latest connection can be told.</summary>
public sealed class MultiplicityTests
{
    private static readonly EntityType Node = new("Node", "Node", EntityType.MainLane, new KeySchema("Id", ValueKind.Int64, "Id"), null, null);
    private static readonly EntityType Tie = Of("Tie", Multiplicity.ManyOne);
    private static readonly EntityId Id = EntityId.Relationship(Tie, EntityId.Node(Node, 1), EntityId.Node(Node, 2));

    private readonly VirtualTime _time = new();

    [Fact]
    public void A_node_has_none()
    {
        var error = Assert.Throws<ArgumentException>(() => new EntityType("Person", "Person", EntityType.MainLane, new KeySchema("Id", ValueKind.Int64, "Id"), null, null) { Multiplicity = Multiplicity.OneOne });
        Assert.Contains("'Person' is a node; only relationships have a multiplicity", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Of("Tie", (Multiplicity)4));
    }

    [Fact]
    public void A_class_says_it_in_its_attribute()
    {
        Assert.Equal((Multiplicity.ManyOne, OnEndDeleted.Hide), (Holds.EntityType.Multiplicity, Holds.EntityType.OnEndDeleted));
        Assert.Equal((Multiplicity.OneOne, OnEndDeleted.Cascade), (Follows.EntityType.Multiplicity, Follows.EntityType.OnEndDeleted));
    }

    [Fact]
    public void Only_ends_for_which_updates_win_can_be_restored()
    {
        var error = Assert.Throws<ArgumentException>(() => new EntityType("Tie", "Tie", EntityType.MainLane, null, Node, Node) { OnEndDeleted = OnEndDeleted.Restore });
        Assert.Contains("updates have to win for both 'Node' and 'Node'", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new EntityType("Person", "Person", EntityType.MainLane, new KeySchema("Id", ValueKind.Int64, "Id"), null, null) { OnEndDeleted = OnEndDeleted.Cascade });
        var conflict = new GraphSchema("ties", 1, Node, Tie).ConflictWith(new("ties", 1, Node, new EntityType("Tie", "Tie", EntityType.MainLane, null, Node, Node) { Multiplicity = Multiplicity.ManyOne, OnEndDeleted = OnEndDeleted.Cascade }));
        Assert.StartsWith("where an end is deleted, 'Tie' does Hide here and Cascade there", conflict, StringComparison.Ordinal);
    }

    [Fact]
    public void It_travels_with_the_schema_and_has_to_be_the_same_everywhere()
    {
        foreach (var multiplicity in Enum.GetValues<Multiplicity>())
        {
            var schema = new GraphSchema("ties", 1, Node, Of("Tie", multiplicity));
            var writer = new WireWriter(64);
            schema.Write(ref writer);
            var reader = new WireReader(writer.Finish());
            var read = GraphSchema.Read(ref reader);
            Assert.Equal(multiplicity, read.TypeOf("Tie").Multiplicity);
            Assert.Null(schema.ConflictWith(read));
        }

        var conflict = new GraphSchema("ties", 1, Node, Of("Tie", Multiplicity.OneOne)).ConflictWith(new("ties", 1, Node, Of("Tie", Multiplicity.OneMany)));
        Assert.StartsWith("'Tie' is OneOne here and OneMany there", conflict, StringComparison.Ordinal);
    }

    [Fact]
    public void The_latest_of_concurrent_connections_counts_and_an_update_does_not()
    {
        var (early, late) = (New(0), New(1));
        early.State.Create();
        _time.Milliseconds += 1000;
        late.State.Create();
        var expected = ConnectionOf(late);
        _time.Milliseconds += 1000;
        early["Note"] = "later";
        early.State.Join(late.State);
        late.State.Join(early.State);
        Assert.Equal((expected, World.IdOf(1)), (ConnectionOf(early), expected.Replica));
        Assert.Equal(early.State.Encode(), late.State.Encode());
        early.State.Create();
        Assert.True(ConnectionOf(early).CompareTo(expected) > 0);
    }

    [Theory]
    [InlineData(Deletion.DeleteWins)]
    [InlineData(Deletion.UpdateWins)]
    public void A_deleted_relationship_that_is_connected_again_has_the_new_connection_only(Deletion deletion)
    {
        var tie = DynamicEntity.Create(Of("Tie", Multiplicity.OneOne, deletion), Id, new Replica("a", World.IdOf(0), 0, _time));
        tie.State.Create();
        var first = ConnectionOf(tie);
        tie.State.Delete();
        Assert.Equal(deletion == Deletion.DeleteWins ? default : first, ConnectionOf(tie));
        tie.State.Create();
        Assert.True(ConnectionOf(tie).CompareTo(first) > 0);
        Assert.Equal(1, Assert.Single(EncodedEntity.CountWrites(Row(tie))).Writes);
    }

    [Fact]
    public void Bytes_that_hold_something_else_in_its_place_are_refused()
    {
        var other = new EntityType("Tie", "Tie", EntityType.MainLane, null, Node, Node, new FieldSchema("(connected)", FieldKind.EnableWins, ValueKind.Boolean, false, "c"));
        var hostile = DynamicEntity.Create(other, Id, new Replica("a", World.IdOf(0), 0, _time));
        hostile.State.Create();
        hostile["(connected)"] = true;
        Assert.Throws<WireFormatException>(() => New(1).State.Decode(hostile.State.Encode()));
    }

    private DynamicEntity New(int replica) => DynamicEntity.Create(Tie, Id, new Replica("r", World.IdOf(replica), 0, _time));

    private static EntityType Of(string name, Multiplicity multiplicity, Deletion deletion = default) =>
        new(name, name, EntityType.MainLane, null, Node, Node, new FieldSchema("Note", FieldKind.Register, ValueKind.Text, true, "Note")) { Multiplicity = multiplicity, Deletion = deletion };

    private static Connection ConnectionOf(DynamicEntity tie) => Connection.Read(Row(tie));

    private static byte[] Row(DynamicEntity tie)
    {
        var writer = new WireWriter(64);
        tie.State.WriteState(ref writer, context: null);
        return writer.Finish();
    }
}
