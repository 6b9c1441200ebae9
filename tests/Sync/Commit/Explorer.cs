namespace Crdt.Tests.Sync.Commit;

/// <summary>
/// Goes through all executions of one transaction within bounds: every order of messages, writes, timers, crashes and other faults. Checks every state,
/// and from every state that every execution without further faults ends, settled and with one outcome.
/// </summary>
internal sealed class Explorer
{
    private readonly Bounds _bounds;
    private readonly Sites _sites;
    private readonly Symmetry _symmetry;
    private readonly HashSet<World> _seen = [];
    private readonly HashSet<ulong> _checked = [];
    private readonly Dictionary<World, bool> _ending = [];

    public Explorer(Driver driver, Bounds bounds)
    {
        (_bounds, _sites) = (bounds, new(driver, bounds.Participants));
        _symmetry = new(_sites, bounds.Participants);
    }

    /// <summary>How many states were seen, those that differ by a permutation of the participants counted once.</summary>
    public int StateCount => _seen.Count;

    /// <summary>How many states executions without further faults lead through.</summary>
    public int CalmCount => _ending.Count;

    /// <summary>How many transitions were taken.</summary>
    public long TransitionCount { get; private set; }

    /// <summary>How many different states one site can be in, and how many different messages there are.</summary>
    public (int Sites, int Messages) Parts => (_sites.Count, _sites.MessageCount);

    /// <summary>Whether liveness is demanded: with restored copies it can't be.</summary>
    private bool IsLive => _bounds.Restores == 0;

    /// <summary>Explores.</summary>
    /// <exception cref="Violation">A rule does not hold; it tells what led there.</exception>
    public void Run()
    {
        Span<int> sites = stackalloc int[_bounds.Participants + 1];
        (sites[0], var network) = _sites.Start(Cast.Coordinator);
        for (var i = 1; i < sites.Length; i++) (sites[i], _) = _sites.Start(Cast.Participants(_bounds.Participants)[i - 1]);
        Visit(World.Of(sites, network, _bounds));
    }

    private void Visit(World world)
    {
        if (!_seen.Add(_symmetry.NameOf(world))) return;
        Check(world);
        if (IsLive) RequireEnd(world.With(new Bounds(_bounds.Participants, 0, 0, 0)));
        var left = world.Bounds;
        for (var rest = world.Network; rest != 0; rest &= rest - 1)
        {
            var message = (int)UInt128.TrailingZeroCount(rest);
            var without = world.With(world.Network & ~(UInt128.One << message));
            var site = _sites.TargetOf(message);
            Go(without, site, (Input)message);
            if (left.Faults == 0) continue;
            var faulty = left with { Faults = left.Faults - 1 };
            Go(world.With(faulty), site, (Input)message);
            Visit(without.With(faulty));
        }

        for (var site = 0; site <= _bounds.Participants; site++)
        {
            foreach (var input in _sites.OwnInputs(world[site]))
            {
                if (Pay(left, input) is { } rest) Go(world.With(rest), site, input);
            }
        }
    }

    private static Bounds? Pay(Bounds left, Input input) => input switch
    {
        Input.WriteFails => left.Faults > 0 ? left with { Faults = left.Faults - 1 } : null,
        Input.Timer or Input.NextTransaction => left.Timers > 0 ? left with { Timers = left.Timers - 1 } : null,
        >= Input.Restore => left.Restores > 0 ? left with { Restores = left.Restores - 1 } : null,
        >= Input.Crash => left.Crashes > 0 ? left with { Crashes = left.Crashes - 1 } : null,
        _ => left,
    };

    private void Go(World world, int site, Input input)
    {
        try
        {
            Visit(Next(world, site, input));
        }
        catch (Violation violation)
        {
            violation.Trace.Add($"{site}: {_sites.Describe(input)}");
            throw;
        }
    }

    private World Next(World world, int site, Input input)
    {
        TransitionCount++;
        var (next, sent) = _sites.Step(world[site], input);
        return world.With(site, next).With(world.Network | sent);
    }

    private void Check(World world)
    {
        if (_checked.Add(world.Sites)) Invariants.Require(SitesOf(world));
    }

    private Site[] SitesOf(World world) => [.. Enumerable.Range(0, _bounds.Participants + 1).Select(site => _sites[world[site]])];

    /// <summary>Demands that all executions from here on end, where nothing is lost, and all timers fire when nothing else is to be done.</summary>
    private void RequireEnd(World world)
    {
        var name = _symmetry.NameOf(world);
        if (_ending.TryGetValue(name, out var isKnown))
        {
            if (isKnown) return;
            throw new Violation("Without further faults, it goes on in a circle.");
        }

        _ending.Add(name, false);
        Check(world);
        if (!Continue(world) && !FireTimers(world)) RequireSettled(SitesOf(world));
        _ending[name] = true;
    }

    private bool Continue(World world)
    {
        var any = world.Network != 0;
        for (var rest = world.Network; rest != 0; rest &= rest - 1)
        {
            var message = (int)UInt128.TrailingZeroCount(rest);
            GoOn(world.With(world.Network & ~(UInt128.One << message)), _sites.TargetOf(message), (Input)message);
        }

        for (var site = 0; site <= _bounds.Participants; site++)
        {
            foreach (var input in _sites.OwnInputs(world[site]))
            {
                if (input is not (Input.Write or Input.Valid or Input.Invalid)) continue;
                GoOn(world, site, input);
                any = true;
            }
        }

        return any;
    }

    private bool FireTimers(World world)
    {
        var fired = world;
        for (var site = 0; site <= _bounds.Participants; site++)
        {
            if (_sites[world[site]].HasTimer) fired = Next(fired, site, Input.Timer);
        }

        if (fired == world) return false;
        RequireEnd(fired);
        return true;
    }

    private void GoOn(World world, int site, Input input)
    {
        try
        {
            RequireEnd(Next(world, site, input));
        }
        catch (Violation violation)
        {
            violation.Trace.Add($"{site}, without further faults: {_sites.Describe(input)}");
            throw;
        }
    }

    private static void RequireSettled(Site[] sites)
    {
        if (!sites.All(site => site.IsSettled)) throw new Violation("Without further faults, it stops without being settled.");
        if (sites.Any(site => site.IsCommitted) && !sites.Skip(1).All(site => site.HasLogged<Crdt.Sync.Commit.CommitRecord.Committed>())) throw new Violation("Not all have committed.");
    }
}
