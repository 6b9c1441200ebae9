using Crdt.Codec;
using Crdt.Entities;
using Crdt.Schema;
using Crdt.Tests.Properties.Subjects;
using Crdt.Types.Counters;
using Crdt.Types.Registers;
using Crdt.Types.Sets;
using Crdt.Types;

namespace Crdt.Tests.Properties.Regressions;

/// <summary>Failures that were found, each in its smallest form; the seed is that of the history that showed it.</summary>
public sealed class RegressionTests
{
    private readonly VirtualTime _time = new();

    /// <summary>Seed 1953505238881947778, "counter": the fold's removals were lost when its copy was saved and loaded.</summary>
    [Fact]
    public void A_decoded_copy_ships_what_the_encoded_one_had_not_shipped()
    {
        var subject = SubjectList.Of("counter");
        var replica = new Replica("C", World.IdOf(2), 0, _time);
        var first = subject.New(replica);
        first.Create();
        subject.Write(first, 0);
        var second = subject.Decode(first.Encode(), replica);
        subject.Write(second, 0);
        second = subject.Decode(second.Encode(), replica);
        subject.Write(second, 0);
        first.Join(subject.Decode(second.TakeDelta(), null));
        Assert.Equal(3, ((Counter)first.Fields[0]).Value);
    }

    /// <summary>A delta of a copy that was loaded used to lack the creation, so that its receiver took the entity for deleted.</summary>
    [Fact]
    public void The_first_delta_of_a_decoded_copy_is_its_whole_state()
    {
        var subject = SubjectList.Of("register of string");
        var entity = subject.New(new Replica("A", World.IdOf(0), 0, _time));
        entity.Create();
        var loaded = subject.Decode(entity.Encode(), new Replica("B", World.IdOf(1), 0, _time));
        subject.Write(loaded, 1);
        Assert.True(subject.Decode(loaded.TakeDelta(), null).IsAlive);
        subject.Write(loaded, 2);
        Assert.False(subject.Decode(loaded.TakeDelta(), null).IsAlive);
    }

    /// <summary>A null by a build whose property is nullable became 0 under the same dot, and replicas diverged.</summary>
    [Fact]
    public void A_null_survives_a_build_that_can_not_hold_it()
    {
        var newer = BareSubject.Of("newer", FieldFactory.Register<long?, NullableCodec<long, Int64Codec>>("Rank", nullable: true));
        var older = BareSubject.Of("older", FieldFactory.Register<long, Int64Codec>("Rank", initial: -7));
        var entity = newer.New(new Replica("A", World.IdOf(0), 0, _time));
        entity.Create();
        ((LwwRegister<long?, NullableCodec<long, Int64Codec>>)entity.Fields[0]).Value = null;
        var read = older.Decode(entity.Encode(), null);
        Assert.Equal(entity.Encode(), read.Encode());
        Assert.Equal(-7, ((LwwRegister<long, Int64Codec>)read.Fields[0]).Value);
    }

    /// <summary>Such a write could be removed nowhere: joining the same bytes again brought it back.</summary>
    [Fact]
    public void A_state_that_has_not_seen_its_own_writes_is_refused()
    {
        var subject = SubjectList.Of("liveness");
        var entity = subject.New(new Replica("A", World.IdOf(0), 0, _time));
        entity.Create();
        var row = Law.Row(entity, withContext: false);
        EncodedEntity.Validate(row);
        Assert.Throws<WireFormatException>(() => EncodedEntity.ValidateStandalone(row));
        byte[] encoded = [1, (byte)subject.Id.Bytes.Length, .. subject.Id.Bytes, .. row];
        var target = subject.New(null);
        Assert.Throws<WireFormatException>(() => target.Decode(encoded));
        Assert.False(target.IsAlive);
    }

    /// <summary>Merging fields that this build lacks, of different grammars, threw an InvalidCastException half-way.</summary>
    [Fact]
    public void An_unknown_field_of_two_kinds_is_refused_before_anything_changes()
    {
        var register = BareSubject.Of("register", FieldFactory.Register<long, Int64Codec>("Field"));
        var set = BareSubject.Of("set", FieldFactory.Set<long, Int64Codec>("Field"));
        var old = register.Without(_ => true);
        var (left, right) = (old.Decode(Written(register, 0), null), old.Decode(Written(set, 1), null));
        var before = left.Encode();
        Assert.Throws<WireFormatException>(() => left.Join(right));
        Assert.Equal(before, left.Encode());
    }

    [Fact]
    public void An_array_that_is_changed_after_it_was_written_stays_as_it_was_written()
    {
        var photo = new LwwRegister<byte[], BytesCodec>(new("Photo", FieldKind.Register, ValueKind.Bytes, false, "Photo"), []);
        var hashes = new OrSet<byte[], BytesCodec>(new("Hashes", FieldKind.Set, ValueKind.Bytes, false, "Hashes"));
        var (state, bytes) = (Entity(photo, hashes), new byte[] { 1 });
        photo.Value = bytes;
        hashes.Add(bytes);
        var encoded = state.Encode();
        bytes[0] = 2;
        Assert.Equal(encoded, state.Encode());
        Assert.Equal([1], Assert.Single(hashes));
    }

    [Fact]
    public void A_key_that_its_type_can_not_hold_is_refused()
    {
        var type = new EntityType("Small", "Small", EntityType.MainLane, new KeySchema("Id", ValueKind.Int8, "Id"), null, null);
        var wide = new EntityType("Small", "Small", EntityType.MainLane, new KeySchema("Id", ValueKind.Int64, "Id"), null, null);
        var id = EntityId.Node(wide, 300L);
        Assert.Throws<WireFormatException>(() => id.KeyOf(type));
        Assert.Throws<WireFormatException>(() => EntityId.Read(id.Bytes, type));
        Assert.Equal(id, EntityId.Read(id.Bytes, wide));
        Assert.Throws<WireFormatException>(() => EntityId.Read(id.Bytes, Product.EntityType));
    }

    [Fact]
    public void A_relationship_with_a_key_that_its_type_lacks_is_refused()
    {
        var type = new EntityType("Likes", "Likes", EntityType.MainLane, null, Product.EntityType, Product.EntityType);
        var end = EntityId.Node(Product.EntityType, "a");
        var id = EntityId.Relationship(type, end, end);
        Assert.Equal(id, EntityId.Read(id.Bytes, type));
        Assert.Throws<WireFormatException>(() => EntityId.Read([.. id.Bytes, 0], type));
        Assert.Throws<WireFormatException>(() => EntityId.Read(EntityId.Node(Product.EntityType, "a").Bytes[..4]));
    }

    [Fact]
    public void Text_that_is_no_key_is_refused_with_the_name_of_the_property()
    {
        var error = Assert.Throws<ArgumentException>(() => EntityId.Node(Product.EntityType, "\uD800"));
        Assert.Contains("Product.Code", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decoding_into_an_entity_that_holds_something_is_refused()
    {
        var subject = SubjectList.Of("liveness");
        var encoded = Written(subject, 0, write: false);
        var state = subject.Decode(encoded, null);
        Assert.Throws<InvalidOperationException>(() => state.Decode(encoded));
    }

    /// <summary>Fuzzing, seed 1, input 159: types and fields in any order were accepted, so that one schema had several forms.</summary>
    [Fact]
    public void A_schema_in_another_order_is_refused()
    {
        byte[] type = [1, (byte)'A', 1, (byte)'A', 0, 0, 0, (byte)ValueKind.Int64, 0, 0, 0];
        byte[] first = [1, (byte)'b', 0, (byte)FieldKind.Counter, 0, (byte)ValueKind.Int64];
        byte[] second = [1, (byte)'a', 0, (byte)FieldKind.Counter, 0, (byte)ValueKind.Int64];
        Assert.True(SchemaHash.Of("b") > SchemaHash.Of("a"));
        byte[] head = [1, (byte)'s', 1, 1, .. type, 2];
        byte[] accepted = [.. head, .. second, .. first];
        var reader = new WireReader(accepted);
        Assert.Equal(2, GraphSchema.Read(ref reader).Types[0].Fields.Count);
        byte[] refused = [.. head, .. first, .. second];
        var error = Assert.Throws<WireFormatException>(() =>
        {
            var reader = new WireReader(refused);
            GraphSchema.Read(ref reader);
        });
        Assert.Equal(head.Length + 1, error.Offset);
    }

    /// <summary>Liveness and the fields before the one that was refused stayed, in an entity that had seen nothing.</summary>
    [Fact]
    public void Nothing_of_what_is_refused_is_kept()
    {
        var subject = SubjectList.Of("register of string");
        var encoded = Written(subject, 0);
        byte[] damaged = [.. encoded[..^1], 0xFF];
        var state = subject.New(null);
        Assert.Throws<WireFormatException>(() => state.Decode(damaged));
        Assert.False(state.IsAlive);
        Assert.True(state.Context.IsEmpty);
        state.Decode(encoded);
        Assert.Equal(encoded, state.Encode());
    }

    /// <summary>A null by a build whose property is nullable counted as the initial value in the object, and as nothing in the bytes.</summary>
    [Fact]
    public void A_rule_is_told_the_same_by_an_object_and_by_its_bytes()
    {
        var newer = BareSubject.Of("newer", FieldFactory.Register<string, TextCodec>("Name", nullable: true, rule: ResolutionRule<string, TextCodec>.Min));
        var older = BareSubject.Of("older", FieldFactory.Register<string, TextCodec>("Name", initial: "", rule: ResolutionRule<string, TextCodec>.Min));
        var a = newer.New(new Replica("A", World.IdOf(0), 0, _time));
        a.Create();
        var b = newer.Decode(a.Encode(), new Replica("B", World.IdOf(1), 0, _time));
        ((LwwRegister<string, TextCodec>)a.Fields[0]).Value = null!;
        ((LwwRegister<string, TextCodec>)b.Fields[0]).Value = "b";
        a.Join(b);
        var read = older.Decode(a.Encode(), null);
        var columns = new Crdt.Projection.ColumnReader(older.Type, Law.Row(read, withContext: false));
        Assert.True(columns.MoveNext());
        Assert.Equal("b", System.Text.Encoding.UTF8.GetString(columns.Value.Rest));
        Assert.Equal("b", ((LwwRegister<string, TextCodec>)read.Fields[0]).Value);
    }

    private byte[] Written(Subject subject, int replica, bool write = true)
    {
        var entity = subject.New(new Replica("R", World.IdOf(replica), 0, _time));
        entity.Create();
        if (write) subject.Write(entity, 0);
        return entity.Encode();
    }

    private EntityState Entity(LwwRegister<byte[], BytesCodec> photo, OrSet<byte[], BytesCodec> hashes)
    {
        var type = new EntityType(
            "Pictures",
            "Pictures",
            EntityType.MainLane,
            new KeySchema("Id", ValueKind.Int64, "Id"),
            null,
            null,
            new FieldSchema("Photo", FieldKind.Register, ValueKind.Bytes, false, "Photo"),
            new FieldSchema("Hashes", FieldKind.Set, ValueKind.Bytes, false, "Hashes"));
        Field[] fields = [photo, hashes];
        var state = new EntityState(type, EntityId.Node(type, 1L), new Replica("A", World.IdOf(0), 0, _time), [.. fields.OrderBy(field => field.Id)]);
        state.Create();
        return state;
    }

    /// <summary>What others wrote to a deleted entity came back with its next creation, against "starts afresh".</summary>
    [Fact]
    public void What_is_created_again_starts_afresh()
    {
        var subject = SubjectList.Of("counter");
        var here = subject.New(new Replica("A", World.IdOf(0), 0, _time));
        here.Create();
        var there = subject.Decode(here.Encode(), new Replica("B", World.IdOf(1), 0, _time));
        subject.Write(there, 0);
        here.Delete();
        here.Join(there);
        here.Create();
        Assert.Equal(0, ((Counter)here.Fields[0]).Value);
        there.Join(here);
        Assert.Equal(0, ((Counter)there.Fields[0]).Value);
    }

    /// <summary>A stamp from the end of time made every later write of whoever saw it fail, and each failure used up a dot.</summary>
    [Fact]
    public void A_stamp_from_the_end_of_time_stops_nobody()
    {
        var subject = SubjectList.Of("register of string");
        var register = (LwwRegister<string, TextCodec>)subject.New(new Replica("A", World.IdOf(0), 0, _time)).Fields[0];
        register.Entity.Create();
        register.Entity.Pending.Clear();
        register.Store = new(new(World.IdOf(1), 1), new(new(ulong.MaxValue), false, "for ever", false));
        register.Value = "now";
        register.Value = "and again";
        Assert.Equal("and again", register.Value);
        Assert.True(register.Siblings[0].Stamp.Milliseconds <= _time.GetUtcNow().ToUnixTimeMilliseconds());
    }
}
