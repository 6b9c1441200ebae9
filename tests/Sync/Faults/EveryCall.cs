namespace Crdt.Tests.Sync.Faults;

/// <summary>
/// Strikes every call of the stores of two replicas, one after the other: while replicas open, commit, cut their logs, sync and close. Whatever it is, the
/// other side ends too, and both are equal after a restart and one more session.
/// </summary>
/// <param name="way">How they are brought together.</param>
/// <param name="ground">What they hold before.</param>
internal sealed class EveryCall(Way way, Ground ground)
{
    private readonly SortedDictionary<FaultKind, int> _faults = [];
    private readonly SortedSet<string> _struck = new(StringComparer.Ordinal);

    /// <summary>How many calls went wrong, by what became of them.</summary>
    public IReadOnlyDictionary<FaultKind, int> Faults => _faults;

    /// <summary>The names of the writes that did.</summary>
    public IReadOnlyCollection<string> Struck => _struck;

    public override string ToString() => $"{way}: {_faults.Values.Sum()} faults: {string.Join(", ", _faults.Select(fault => $"{fault.Key} {fault.Value}"))}; at {string.Join(' ', _struck)}";

    /// <summary>Lives through it without a fault, which tells the calls that there are.</summary>
    /// <returns>How the session brought the replicas together; null where it didn't.</returns>
    public async Task<Crdt.Sync.Sessions.SyncMode?> StrikeAllAsync(IEnumerable<FaultKind> kinds)
    {
        var (office, laptop) = (ground.Office(), ground.Laptop());
        var clean = new Trial(ground, office, laptop);
        await clean.LiveAsync();
        await clean.EndAsync();
        await clean.RecoverAsync();
        foreach (var kind in kinds)
        {
            var isRead = kind is FaultKind.ReadFailed or FaultKind.DiskUnreadable;
            foreach (var machine in new[] { office, laptop }) await StrikeEachAsync(kind, isRead ? machine.Plan.Reads : machine.Plan.Writes, isRead, isOffice: machine == office);
        }

        return clean.Mode;
    }

    private async Task StrikeEachAsync(FaultKind kind, List<string> calls, bool isRead, bool isOffice)
    {
        for (var at = 1; at <= calls.Count; at++)
        {
            try
            {
                if (await StrikeAsync(isOffice, kind, at) is not { } name) continue;
                Assert.Equal(calls[at - 1], name);
                _faults[kind] = _faults.GetValueOrDefault(kind) + 1;
                if (!isRead) _struck.Add(name);
            }
            catch (Exception error)
            {
                throw new InvalidOperationException($"{way}, {(isOffice ? "office" : "laptop")}: {kind} at {at} ({calls[at - 1]}): {error.Message}", error);
            }
        }
    }

    /// <summary>Lets one call go wrong, or all from one on, which then are mended while the replicas go on.</summary>
    /// <returns>The name of the call; null where it is one of the end of the process, by which the disk was to be mended.</returns>
    private async Task<string?> StrikeAsync(bool isOffice, FaultKind kind, int at)
    {
        var (office, laptop) = (isOffice ? ground.Office(kind, at) : ground.Office(), isOffice ? ground.Laptop() : ground.Laptop(kind, at));
        var (trial, plan) = (new Trial(ground, office, laptop), isOffice ? office.Plan : laptop.Plan);
        await trial.LiveAsync();
        if (kind is FaultKind.DiskFull or FaultKind.DiskUnreadable)
        {
            if (plan.Struck is null) return null;
            await trial.GoOnAsync();
        }

        await trial.EndAsync();
        await trial.RecoverAsync();
        return plan.Struck ?? throw new InvalidOperationException("nothing went wrong");
    }
}
