using Crdt.Clocks;
using Crdt.Sync.Commit;

namespace Crdt.Tests.Sync.Commit;

/// <summary>
/// Drives the machine of a site as an engine would, and keeps what it sends. Subclasses break one rule each, to show that the exploration would notice.
/// </summary>
internal class Driver
{
    private readonly List<(ReplicaId To, CommitMessage Message)> _sent = [];
    private int _participants;

    /// <summary>What was sent since this was last asked.</summary>
    public IReadOnlyList<(ReplicaId To, CommitMessage Message)> TakeSent()
    {
        (ReplicaId, CommitMessage)[] sent = [.. _sent];
        _sent.Clear();
        return sent;
    }

    public Site Start(ReplicaId self, int participants)
    {
        _participants = participants;
        if (self != Cast.Coordinator) return Open(new Site(self));
        var site = Open(new Site(self));
        site = Lead(site, coordinator => coordinator.Begin(out _));
        site = Lead(site, coordinator => coordinator.Prepare(Cast.Id, Cast.Participants(participants).Select(each => new Share(each, [Cast.Entity], default))));
        return Lead(site, coordinator => coordinator.Commit(Cast.Id));
    }

    public virtual Site Deliver(Site site, ReplicaId from, CommitMessage message)
    {
        var isOutcome = message is CommitMessage.Outcome or CommitMessage.RaiseFloor or CommitMessage.Answer { Kind: AnswerKind.Committed or AnswerKind.Aborted };
        site = site with { HasHeard = site.HasHeard || isOutcome };
        return site.Coordinator is null
            ? Follow(site, participant => participant.Receive(from, message))
            : Lead(site, coordinator => coordinator.Receive(from, message));
    }

    public virtual Site FireTimer(Site site)
    {
        site = site with { HasTimer = false };
        return site.Coordinator is null
            ? Follow(site, participant => participant.TimerFired(Cast.Id))
            : Lead(site, coordinator => coordinator.TimerFired(Cast.Id));
    }

    public Site Validate(Site site, bool isValid) =>
        Follow(site with { IsValidating = false }, participant => participant.Validated(Cast.Id, isValid ? null : new(RefusalReason.Invalid)));

    /// <summary>The coordinator prepares its next transaction. Of that only the floor is told, since the rest does not touch this one.</summary>
    public Site GoOn(Site site)
    {
        var (next, actions) = site.Coordinator!.Begin(out var id).Next.Prepare(id, [new(Cast.Ann, [Cast.Other], default)]);
        if (actions is [CommitAction.Record numbers]) actions = next.Recorded(numbers.Content).Actions;
        var floor = actions.OfType<CommitAction.Send>().Select(send => send.Message).OfType<CommitMessage.Prepare>().Single().Floor;
        foreach (var participant in Cast.Participants(_participants)) Send(participant, new CommitMessage.RaiseFloor(Cast.Id with { Number = floor }));
        return site;
    }

    /// <summary>The store has done its next write.</summary>
    public Site Complete(Site site)
    {
        var write = site.Writes[0];
        site = Append(site with { Writes = site.Writes.RemoveAt(0) }, write.Record);
        return write.IsSilent ? site : Report(site, write.Record);
    }

    /// <summary>The store has refused its next write.</summary>
    public Site Fail(Site site)
    {
        var record = site.Writes[0].Record;
        site = site with { Writes = site.Writes.RemoveAt(0) };
        return record switch
        {
            CommitRecord.Decision => Lead(site, coordinator => coordinator.NotDecided(record.Id, new(RefusalReason.NotDurable))),
            CommitRecord.Committed => Follow(site, participant => participant.NotApplied(record.Id)),
            _ when site.Coordinator is not null => Lead(site, coordinator => coordinator.NotRecorded(record, "full")),
            _ => Follow(site, participant => participant.NotRecorded(record, "full")),
        };
    }

    /// <summary>The process ends and is opened anew, after so many of its writes have become durable.</summary>
    public Site Crash(Site site, int durable)
    {
        foreach (var write in site.Writes.Take(durable)) site = Append(site, write.Record);
        return Open(site);
    }

    /// <summary>The process ends, and a copy of its log as it was so many records ago goes on as another incarnation.</summary>
    public virtual Site Restore(Site site, int records) => Open(site with { Self = Cast.Restored, Log = site.Log.GetRange(0, records) });

    /// <summary>A record is durable.</summary>
    protected virtual Site Append(Site site, CommitRecord record) =>
        site with { Log = site.Log.Add(record), HasDecided = site.HasDecided || record is CommitRecord.Decision };

    protected virtual void Send(ReplicaId to, CommitMessage message) => _sent.Add((to, message));

    /// <summary>Begins to write a record. Those that break a rule may report it at once.</summary>
    protected virtual Site Begin(Site site, CommitRecord record) => site with { Writes = site.Writes.Add(new(record)) };

    protected Site Report(Site site, CommitRecord record) => record switch
    {
        CommitRecord.Decision decision => Lead(site, coordinator => coordinator.Decided(decision)),
        CommitRecord.Committed => Follow(site, participant => participant.Applied(record.Id)),
        _ when site.Coordinator is not null => Lead(site, coordinator => coordinator.Recorded(record)),
        _ => Follow(site, participant => participant.Recorded(record)),
    };

    protected Site Lead(Site site, Func<CommitCoordinator, CommitStep<CommitCoordinator>> take)
    {
        var (next, actions) = take(site.Coordinator!);
        return actions.Aggregate(site with { Coordinator = next }, Perform);
    }

    protected Site Follow(Site site, Func<CommitParticipant, CommitStep<CommitParticipant>> take)
    {
        var (next, actions) = take(site.Participant!);
        return actions.Aggregate(site with { Participant = next }, Perform);
    }

    protected Site Open(Site site)
    {
        var opened = site with { Writes = [], IsValidating = false, HasTimer = false };
        return site.Self == Cast.Coordinator || site.Self == Cast.Restored
            ? Lead(opened, _ => CommitCoordinator.Open(site.Self, Cast.Options, site.Log))
            : Follow(opened, _ => CommitParticipant.Open(site.Self, Cast.Options, site.Log));
    }

    private Site Perform(Site site, CommitAction action)
    {
        switch (action)
        {
            case CommitAction.Send send:
                Send(send.To, send.Message);
                return site with { HasPromised = site.HasPromised || send.Message is CommitMessage.Vote { Refusal: null } };
            case CommitAction.Record record: return Begin(site, record.Content);
            case CommitAction.Apply apply: return Begin(site, apply.Content);
            case CommitAction.Decide decide: return Begin(site, new CommitRecord.Decision(decide.Id, decide.Participants, Cast.Event));
            case CommitAction.Validate: return site with { IsValidating = true };
            case CommitAction.SetTimer: return site with { HasTimer = true };
            case CommitAction.StopTimer: return site with { HasTimer = false };
            case CommitAction.Finish finish: return site with { Told = finish.Outcome };
            case CommitAction.Contradicted: return site with { IsContradicted = true };
            default: return site;
        }
    }
}
