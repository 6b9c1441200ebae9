using Crdt.Entities;

namespace Crdt.Tests.Generators.Features;

/// <summary>Keys of every type.</summary>
public sealed class KeyedTests
{
    private static readonly Replica Writer = new("phone");

    [Fact]
    public void SByte()
    {
        sbyte key = sbyte.MinValue;
        var entity = new Keyed.BySByte(Writer, key);
        Assert.Equal(key, entity.Key);
        Assert.Equal(key, Keyed.BySByte.Decode(entity.Encode()).Key);
        Assert.Equal(Keyed.BySByte.IdOf(key), entity.State.Id);
    }

    [Fact]
    public void Int16()
    {
        short key = short.MinValue;
        var entity = new Keyed.ByInt16(Writer, key);
        Assert.Equal(key, entity.Key);
        Assert.Equal(key, Keyed.ByInt16.Decode(entity.Encode()).Key);
        Assert.Equal(Keyed.ByInt16.IdOf(key), entity.State.Id);
    }

    [Fact]
    public void Int32()
    {
        int key = int.MinValue;
        var entity = new Keyed.ByInt32(Writer, key);
        Assert.Equal(key, entity.Key);
        Assert.Equal(key, Keyed.ByInt32.Decode(entity.Encode()).Key);
        Assert.Equal(Keyed.ByInt32.IdOf(key), entity.State.Id);
    }

    [Fact]
    public void Int64()
    {
        long key = long.MinValue;
        var entity = new Keyed.ByInt64(Writer, key);
        Assert.Equal(key, entity.Key);
        Assert.Equal(key, Keyed.ByInt64.Decode(entity.Encode()).Key);
        Assert.Equal(Keyed.ByInt64.IdOf(key), entity.State.Id);
    }

    [Fact]
    public void Byte()
    {
        byte key = byte.MaxValue;
        var entity = new Keyed.ByByte(Writer, key);
        Assert.Equal(key, entity.Key);
        Assert.Equal(key, Keyed.ByByte.Decode(entity.Encode()).Key);
        Assert.Equal(Keyed.ByByte.IdOf(key), entity.State.Id);
    }

    [Fact]
    public void UInt16()
    {
        ushort key = ushort.MaxValue;
        var entity = new Keyed.ByUInt16(Writer, key);
        Assert.Equal(key, entity.Key);
        Assert.Equal(key, Keyed.ByUInt16.Decode(entity.Encode()).Key);
        Assert.Equal(Keyed.ByUInt16.IdOf(key), entity.State.Id);
    }

    [Fact]
    public void UInt32()
    {
        uint key = uint.MaxValue;
        var entity = new Keyed.ByUInt32(Writer, key);
        Assert.Equal(key, entity.Key);
        Assert.Equal(key, Keyed.ByUInt32.Decode(entity.Encode()).Key);
        Assert.Equal(Keyed.ByUInt32.IdOf(key), entity.State.Id);
    }

    [Fact]
    public void UInt64()
    {
        ulong key = ulong.MaxValue;
        var entity = new Keyed.ByUInt64(Writer, key);
        Assert.Equal(key, entity.Key);
        Assert.Equal(key, Keyed.ByUInt64.Decode(entity.Encode()).Key);
        Assert.Equal(Keyed.ByUInt64.IdOf(key), entity.State.Id);
    }

    [Fact]
    public void Text()
    {
        string key = "né";
        var entity = new Keyed.ByText(Writer, key);
        Assert.Equal(key, entity.Key);
        Assert.Equal(key, Keyed.ByText.Decode(entity.Encode()).Key);
        Assert.Equal(Keyed.ByText.IdOf(key), entity.State.Id);
    }

    [Fact]
    public void Guid()
    {
        Guid key = new("00112233-4455-6677-8899-aabbccddeeff");
        var entity = new Keyed.ByGuid(Writer, key);
        Assert.Equal(key, entity.Key);
        Assert.Equal(key, Keyed.ByGuid.Decode(entity.Encode()).Key);
        Assert.Equal(Keyed.ByGuid.IdOf(key), entity.State.Id);
    }

    [Fact]
    public void An_object_without_writer_is_read_only()
    {
        var detached = Keyed.ByInt32.Decode(new Keyed.ByInt32(Writer, 3).Encode());
        Assert.True(detached.IsAlive);
        Assert.Throws<InvalidOperationException>(detached.Delete);
    }

    [Fact]
    public void What_is_missing_is_named()
    {
        Assert.Equal("replica", Assert.Throws<ArgumentNullException>(() => new Keyed.ByInt32(null!, 3)).ParamName);
        Assert.Throws<ArgumentNullException>(() => new Keyed.ByText(Writer, null!));
        Assert.Equal("other", Assert.Throws<ArgumentNullException>(() => new Keyed.ByInt32(Writer, 3).Merge(null!)).ParamName);
    }

    [Fact]
    public void The_engine_makes_objects_through_the_interface()
    {
        var made = Create<Keyed.ByText>(Keyed.ByText.IdOf("x"));
        Assert.Equal("x", made.Key);
        Assert.False(made.IsAlive);
    }

    private static T Create<T>(EntityId id)
        where T : class, INode<T> => T.Create(id, null);
}
