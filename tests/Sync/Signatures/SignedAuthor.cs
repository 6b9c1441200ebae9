using Crdt.Clocks;
using Crdt.Signing;
using Crdt.Sync.Events;
using Crdt.Sync.Signatures;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Signatures;

/// <summary>Whoever has a key, and writes with it what no honest replica would.</summary>
internal sealed class SignedAuthor(ReplicaIdentity identity, TimeProvider time) : IDisposable
{
    public ReplicaKey Key { get; } = ReplicaKey.Import(identity.PrivateKey.Span);

    public ReplicaIdentity Identity => identity;

    public ReplicaId Id => identity.Id;

    public void Dispose() => Key.Dispose();

    /// <summary>An event that adds a person, as the next one behind another; the first where there is none.</summary>
    /// <param name="person">Whom.</param>
    /// <param name="before">The event before it.</param>
    /// <param name="lane">The lane.</param>
    /// <param name="lead">How far ahead the author's clock is; a second where it isn't said.</param>
    /// <param name="others">What of others the author has seen.</param>
    /// <param name="email">Their address.</param>
    public GraphEvent Add(long person, GraphEvent? before = null, string lane = "main", TimeSpan? lead = null, VersionVector? others = null, string? email = null)
    {
        var last = before?.Last ?? 0;
        var replica = new Replica("author", Id, last, time);
        var added = new Person(replica, person) { Email = email ?? $"{person}@x.org" };
        var seen = others?.Clone() ?? new VersionVector();
        if (last > 0) seen.Advance(Id, last);
        var delta = new EntityDelta(Person.IdOf(person), Poison.StateOf(added.State.TakeDelta()));
        return EventCodec.Create(lane, Id, last + 1, replica.LastNumber, Stamp.FromTime(time.GetUtcNow() + (lead ?? TimeSpan.FromSeconds(1))), seen, [delta], before is null ? SealedEvent.Beginning : SealedEvent.HashOf(before.Bytes));
    }

    /// <summary>A run of events, behind each other, of which the last is sealed.</summary>
    public List<GraphEvent> Run(int count, long firstPerson, GraphEvent? before = null)
    {
        var run = new List<GraphEvent>();
        for (var i = 0; i < count; i++) run.Add(before = Add(firstPerson + i, before));
        run[^1] = Sealed(run[^1]);
        return run;
    }

    public GraphEvent Sealed(GraphEvent graphEvent) => graphEvent with { Bytes = SealedEvent.Seal(graphEvent.Bytes, Key) };
}
