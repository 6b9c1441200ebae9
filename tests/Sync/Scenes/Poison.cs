using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Entities;
using Crdt.Schema;
using Crdt.Storage;
using Crdt.Sync;
using Crdt.Sync.Events;
using Crdt.Sync.Sessions;
using Crdt.Sync.Storage;
using Crdt.Sync.Transport;
using Crdt.Tests.Sync.Model;

namespace Crdt.Tests.Sync.Scenes;

/// <summary>Events that are malformed, and peers whose stores hold them all the same.</summary>
internal static class Poison
{
    /// <summary>An event with a byte too many, which says nothing behind its head.</summary>
    public static StoredEvent Spoilt(this StoredEvent honest) => honest with { Bytes = (byte[])[.. honest.Bytes.Span, 0xFF] };

    /// <summary>An event of which nothing but the head makes sense.</summary>
    public static StoredEvent Invented(ReplicaId origin, ulong first, int size = 0, ulong count = 1)
    {
        var writer = new WireWriter(64 + size);
        writer.WriteByte(1);
        writer.WriteText("main");
        writer.WriteReplica(origin);
        writer.WriteVarint(first);
        writer.WriteVarint(count);
        writer.WriteBytes(Enumerable.Repeat((byte)0xFF, size).ToArray());
        return new("main", origin, first, first + count - 1, writer.Finish());
    }

    /// <summary>An event in order, except that it is larger than events may be. It changes nothing, in very many entities of a type that nobody knows.</summary>
    public static byte[] Oversized(ReplicaId origin)
    {
        var ghost = new EntityType("Ghost", "Ghost", "main", Person.EntityType.Key, null, null);
        var writer = new WireWriter(EventCodec.MaxEvent + 64);
        writer.WriteBytes(EventCodec.Create("main", origin, 1, 1, new(1), new(), []).Bytes.Span);
        for (var id = 1L; writer.Length <= EventCodec.MaxEvent; id++)
        {
            writer.WriteBlock(EntityId.Node(ghost, id).Bytes);
            writer.WriteBlock(EncodedEntity.Empty.Span);
        }

        return writer.Finish();
    }

    /// <summary>The state of an encoded entity, as an event has it.</summary>
    public static byte[] StateOf(byte[] encoded)
    {
        var reader = new WireReader(encoded);
        reader.ReadByte();
        reader.ReadBlock();
        return reader.Rest.ToArray();
    }

    /// <summary>What a replica that adds these people, each in an event, has in its log. Its disk can be opened again. It signs nothing, so anybody may alter what it wrote.</summary>
    public static async Task<(IReadOnlyList<StoredEvent> Events, InMemoryDisk Disk)> WriteAsync(this Scene scene, string name, params int[] people)
    {
        var disk = new InMemoryDisk();
        var replica = await scene.OpenAsync(name, configure: options => options.UseMemory(disk).SignsEvents = false);
        foreach (var id in people) await replica.EditAsync(tx => tx.Add<Person>(id).Email = $"{id}@x.org");
        await scene.CloseAsync(replica);
        await using var store = new InMemoryStore(disk);
        await store.OpenAsync(new(name, ReplicaId.Random(), TestSchema.Instance));
        return ((await store.ReadLogAsync("main", new(), 0, int.MaxValue)).Events, disk);
    }

    /// <summary>A replica with a log that no honest one has: it holds whatever it is given, and no rows.</summary>
    public static async Task<GraphReplica> OpenAsync(this Scene scene, string name, ReplicaId id, params StoredEvent[] log)
    {
        var disk = new InMemoryDisk();
        await using (var store = new InMemoryStore(disk))
        {
            var state = await store.OpenAsync(new(name, id, TestSchema.Instance));
            var vector = new VersionVector();
            foreach (var stored in log) vector.Advance(stored.Origin, stored.Last);
            await store.CommitAsync(new(state.Revision + 1, state.Clock, new Dictionary<string, VersionVector> { ["main"] = vector }, log, []));
        }

        return await scene.OpenAsync(name, configure: options => options.UseMemory(disk));
    }

    /// <summary>A session, as both sides see it.</summary>
    public static async Task<(SyncResult Left, SyncResult Right)> SyncBothAsync(GraphReplica left, GraphReplica right)
    {
        var (here, there) = InMemoryTransport.CreatePair();
        await using (here)
        await using (there)
        {
            var (mine, theirs) = (left.SyncAsync(here), right.SyncAsync(there));
            return (await mine, await theirs);
        }
    }

    public static async Task<bool> HasAsync(this GraphReplica replica, params int[] people)
    {
        var found = 0;
        foreach (var id in people) found += await replica.GetAsync<Person>(id) is null ? 0 : 1;
        Assert.True(found == 0 || found == people.Length, $"{found} of {people.Length} are there");
        return found > 0;
    }
}
