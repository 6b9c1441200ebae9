using Crdt.Sync.Commit;

namespace Crdt.Tests.Sync.Commit;

/// <summary>What holds in every state.</summary>
internal static class Invariants
{
    public static void Require(IReadOnlyList<Site> sites)
    {
        var (coordinator, participants) = (sites[0], sites.Skip(1));
        var isDecided = coordinator.HasDecided;
        if (sites.Any(site => site.IsCommitted) && sites.Any(site => site.IsAborted)) throw new Violation("There are two outcomes.");
        if (sites.Any(site => site.IsContradicted)) throw new Violation("A participant heard another outcome than the one it acted on.");
        if (sites.Any(site => site.IsCommitted) && !isDecided) throw new Violation("Somebody has committed without a durable decision.");
        if (isDecided && !participants.All(site => site.HasLogged<CommitRecord.Prepared>())) throw new Violation("It was decided to commit without the durable promise of all.");
        if (participants.Any(site => site.HasPromised && !site.HasHeard && !site.HasReservation)) throw new Violation("A participant has let go of what it had promised.");
    }
}
