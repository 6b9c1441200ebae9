using System.Globalization;
using Crdt.Clocks;
using Crdt.Entities;
using Crdt.Sqlite;
using Crdt.Storage;

namespace Crdt.Tests.Sqlite;

/// <summary>Commits whose whole content follows from their number, so that what a killed writer left can be checked.</summary>
internal static class SteadyWork
{
    public const int EdgesEach = 20;

    /// <summary>So low that a few dozen commits settle many times.</summary>
    public static StoreLimits Limits { get; } = new(new SettlingLimits(100, 100));

    /// <summary>The one node that every commit changes.</summary>
    public static EntityId Head { get; } = TestGraph.Node(-1);

    public static StoreCommit Commit(long revision)
    {
        var text = revision.ToString(CultureInfo.InvariantCulture);
        var vectors = new Dictionary<string, VersionVector> { ["main"] = TestGraph.Vector((TestGraph.Phone, (ulong)revision)) };
        EntityWrite[] entities = [TestGraph.Put(Head, text, revision > 1), .. Edges(revision).Select(edge => TestGraph.Put(edge, text))];
        return new(revision, new((ulong)revision), vectors, [TestGraph.Event(TestGraph.Phone, (ulong)revision, (ulong)revision)], entities);
    }

    /// <summary>The relationships that a commit adds; they all lead to <see cref="Head"/>.</summary>
    public static EntityId[] Edges(long revision) =>
        [.. Enumerable.Range(0, EdgesEach).Select(i => TestGraph.Edge((revision * EdgesEach + i) * 7919 % 1_000_003, -1))];
}
