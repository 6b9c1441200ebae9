using Crdt.Codec;
using Crdt.Signing;
using Crdt.Sync.Events;
using Crdt.Sync.Signatures;

namespace Crdt.Tests.Sync.Signatures;

public sealed class ProofTests : IDisposable
{
    private readonly SignedAuthor _ann = new(ReplicaIdentity.Signed(), TimeProvider.System);

    public void Dispose() => _ann.Dispose();

    [Fact]
    public void Two_events_of_one_place_prove_it()
    {
        var begin = _ann.Add(1);
        var proof = EquivocationProof.Of(Bytes(_ann.Run(1, 2, begin)), Bytes(_ann.Run(3, 7, begin)));
        Assert.Equal((_ann.Id, "main"), (proof!.Origin, proof.Lane));
        Assert.Equal(_ann.Id, EquivocationProof.Read(proof.Bytes).Origin);
    }

    [Fact]
    public void An_event_that_names_another_one_before_it_proves_it()
    {
        var (begin, other) = (_ann.Run(1, 1), _ann.Add(2));
        Assert.NotNull(EquivocationProof.Of(Bytes(begin), Bytes(_ann.Run(1, 3, other))));
    }

    [Fact]
    public void One_history_proves_nothing()
    {
        var run = _ann.Run(4, 1);
        Assert.Null(EquivocationProof.Of(Bytes(run), Bytes(run)));
        Assert.Null(EquivocationProof.Of(Bytes([_ann.Sealed(run[0])]), Bytes([.. run[1..]])));
        Assert.Null(EquivocationProof.Of([], Bytes(run)));
    }

    /// <summary>A link may send an event while a commit folds it with the next one: whoever has both must not take that for two histories.</summary>
    [Fact]
    public void An_event_and_what_it_was_folded_into_prove_nothing()
    {
        var run = _ann.Run(2, 1);
        var folded = Crdt.Sync.Offline.EventFolding.Fold(run);
        Assert.Null(EquivocationProof.Of([_ann.Sealed(run[0]).Bytes], [_ann.Sealed(folded).Bytes]));
        Assert.Null(EquivocationProof.Of([_ann.Sealed(run[0]).Bytes], Bytes(_ann.Run(1, 9, folded))));
    }

    [Fact]
    public void Nobody_can_be_accused_by_somebody_else()
    {
        using var mallory = new SignedAuthor(ReplicaIdentity.Signed(), TimeProvider.System);
        var begin = _ann.Add(1);
        var forged = _ann.Add(7, begin);
        var mine = Bytes(_ann.Run(1, 2, begin));
        Assert.Null(EquivocationProof.Of(mine, [forged.Bytes]));
        Assert.Null(EquivocationProof.Of(mine, [SealedEvent.Seal(forged.Bytes, mallory.Key)]));
        Assert.Null(EquivocationProof.Of(mine, [SealedEvent.With(forged.Bytes, SealedEvent.SealOf(mine[0]).Span)]));
    }

    [Fact]
    public void An_altered_proof_is_refused()
    {
        var begin = _ann.Add(1);
        var bytes = EquivocationProof.Of(Bytes(_ann.Run(2, 2, begin)), Bytes(_ann.Run(2, 7, begin)))!.Bytes.ToArray();
        var dice = new Random(5);
        for (var i = 0; i < 300; i++)
        {
            var altered = bytes.ToArray();
            altered[dice.Next(bytes.Length)] ^= (byte)dice.Next(1, 256);
            Assert.Throws<WireFormatException>(() => EquivocationProof.Read(altered));
            Assert.Throws<WireFormatException>(() => EquivocationProof.Read(bytes.AsMemory(0, dice.Next(bytes.Length))));
        }
    }

    private static ReadOnlyMemory<byte>[] Bytes(IEnumerable<GraphEvent> events) => [.. events.Select(one => one.Bytes)];
}
