namespace Crdt.Tests.Sync.Commit;

/// <summary>Gives worlds that differ only by a permutation of the participants one name.</summary>
internal sealed class Symmetry(Sites sites, int participants)
{
    private readonly Renaming[] _renamings = Renaming.All(participants);
    private readonly Dictionary<string, int> _siteNames = [], _messageNames = [];
    private readonly List<int[]> _renamedSites = [], _renamedMessages = [];

    /// <summary>The least of the names that the permutations of a world have.</summary>
    public World NameOf(World world)
    {
        var least = Rename(world, 0);
        for (var i = 1; i < _renamings.Length; i++)
        {
            var renamed = Rename(world, i);
            if ((renamed.Sites, renamed.High, renamed.Low).CompareTo((least.Sites, least.High, least.Low)) < 0) least = renamed;
        }

        return least;
    }

    private World Rename(World world, int renaming)
    {
        Extend();
        var targets = _renamings[renaming].Targets;
        var network = UInt128.Zero;
        for (var rest = world.Network; rest != 0; rest &= rest - 1) network |= UInt128.One << _renamedMessages[(int)UInt128.TrailingZeroCount(rest)][renaming];
        var renamed = world.With(network);
        for (var site = 0; site <= participants; site++) renamed = renamed.With(targets[site], _renamedSites[world[site]][renaming]);
        return renamed;
    }

    private void Extend()
    {
        for (var site = _renamedSites.Count; site < sites.Count; site++)
        {
            _renamedSites.Add([.. _renamings.Select(each => Number(_siteNames, sites[site].Fingerprint(each.Of)))]);
        }

        for (var message = _renamedMessages.Count; message < sites.MessageCount; message++)
        {
            _renamedMessages.Add([.. _renamings.Select(each => Number(_messageNames, sites.TextOf(message, each)))]);
        }
    }

    private static int Number(Dictionary<string, int> names, string name)
    {
        if (!names.TryGetValue(name, out var number)) names.Add(name, number = names.Count);
        return number;
    }
}
