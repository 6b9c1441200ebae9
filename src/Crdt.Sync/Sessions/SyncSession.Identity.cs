using Crdt.Clocks;
using Crdt.Signing;
using Crdt.Sync.Frames;

namespace Crdt.Sync.Sessions;

/// <content>Who the peer is.</content>
internal sealed partial class SyncSession
{
    /// <summary>The id that the peer has to introduce itself with; null for any.</summary>
    public ReplicaId? Expected { private get; init; }

    /// <summary>What the peer is to sign with the key of its id, made up for this session; empty where it need not.</summary>
    public ReadOnlyMemory<byte> Challenge { private get; init; }

    /// <summary>What names a replica in a greeting.</summary>
    public static uint TagOf(Frame.Introduction of) => TagOf(of.Replica);

    /// <inheritdoc cref="TagOf(Frame.Introduction)"/>
    public static uint TagOf(ReplicaId replica) => (uint)(replica.Value >> 96);

    /// <summary>What names the peer; null where it has not greeted.</summary>
    public uint? PeerTag => _peerHello?.Tag;

    /// <summary>Goes on with what the peer asked for; null where this replica has no key.</summary>
    public IReadOnlyList<SessionAction> Proven(IdentityProof? proof) => HasEnded ? [] : [Send(IntroductionTo(_peerHello!) with { Proof = proof })];

    private Frame.Introduction IntroductionTo(Frame.Hello peer) => peer.SchemaTag == _hello.SchemaTag ? _self with { Schema = null } : _self;

    /// <summary>Ends the session where the peer isn't the one that was let in.</summary>
    private IReadOnlyList<SessionAction>? Stranger(string introduced, bool isExpected) => Expected is null || isExpected ? null
        : Fail(SessionEnd.Forbidden, $"the peer was let in as replica {Expected}, and introduces itself as {introduced}; where its store was copied or restored, let it in again");

    private IReadOnlyList<SessionAction>? Unproven(Frame.Introduction peer) => Challenge.IsEmpty || peer.Proof?.Verify(Challenge.Span, IdentityProof.SessionPurpose) == peer.Replica ? null
        : Fail(SessionEnd.Forbidden, $"the peer introduces itself as replica {peer.Replica}, which it was let in as, and doesn't show that it has that one's key; if its token may be in other hands, revoke it");
}
