using Crdt.Clocks;
using Crdt.Sync.Commit;

namespace Crdt.Tests.Sync.Commit;

/// <summary>Drivers that break one rule of the protocol each.</summary>
internal static class Mutants
{
    /// <summary>Tells the machine that its promise is durable, and never writes it.</summary>
    public sealed class LosesPromise : Driver
    {
        protected override Site Append(Site site, CommitRecord record) => record is CommitRecord.Prepared ? site : base.Append(site, record);
    }

    /// <summary>Tells the machine that its decision is durable, and never writes it.</summary>
    public sealed class LosesDecision : Driver
    {
        protected override Site Append(Site site, CommitRecord record) =>
            record is CommitRecord.Decision ? site with { HasDecided = true } : base.Append(site, record);
    }

    /// <summary>Tells the machine that a record is durable when its writing has only begun.</summary>
    public sealed class Hurries<T> : Driver
        where T : CommitRecord
    {
        protected override Site Begin(Site site, CommitRecord record) =>
            record is T ? Report(site with { Writes = site.Writes.Add(new(record, IsSilent: true)) }, record) : base.Begin(site, record);
    }

    /// <summary>Goes on from a copy of its log as if it were the incarnation that wrote it, and so presumes that what it lost was aborted.</summary>
    public sealed class PresumesForPredecessor : Driver
    {
        public override Site Restore(Site site, int records) => Open(site with { Log = site.Log.GetRange(0, records) });
    }

    /// <summary>Lets go of what was promised when the lease is over.</summary>
    public sealed class ReleasesInDoubt : Driver
    {
        public override Site FireTimer(Site site) => site.Known?.Phase == ParticipantPhase.Prepared
            ? Follow(site, participant => participant.Receive(Cast.Coordinator, new CommitMessage.Outcome(Cast.Id, null)))
            : base.FireTimer(site);
    }

    /// <summary>Counts a vote for commit as another participant's too.</summary>
    public sealed class CountsTwice : Driver
    {
        public override Site Deliver(Site site, ReplicaId from, CommitMessage message)
        {
            var counted = base.Deliver(site, from, message);
            return message is CommitMessage.Vote { Refusal: null } ? base.Deliver(counted, from == Cast.Ann ? Cast.Bob : Cast.Ann, message) : counted;
        }
    }

    /// <summary>Confirms that others have committed as well.</summary>
    public sealed class EndsEarly : Driver
    {
        public override Site Deliver(Site site, ReplicaId from, CommitMessage message)
        {
            var counted = base.Deliver(site, from, message);
            return message is CommitMessage.Acknowledge ? base.Deliver(counted, from == Cast.Ann ? Cast.Bob : Cast.Ann, message) : counted;
        }
    }

    /// <summary>Takes a participant that is in doubt for one that was told of an abort.</summary>
    public sealed class TakesDoubtForAbort : Driver
    {
        protected override void Send(ReplicaId to, CommitMessage message) =>
            base.Send(to, message is CommitMessage.Answer { Kind: AnswerKind.InDoubt } ? new CommitMessage.Answer(message.Id, AnswerKind.Aborted) : message);
    }

    /// <summary>Does not ask, however long it is in doubt.</summary>
    public sealed class NeverAsks : Driver
    {
        protected override void Send(ReplicaId to, CommitMessage message)
        {
            if (message is not CommitMessage.Inquire) base.Send(to, message);
        }
    }
}
