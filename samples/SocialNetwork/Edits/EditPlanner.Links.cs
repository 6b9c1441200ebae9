namespace Crdt.Samples.SocialNetwork.Edits;

/// <content>What is done to relationships.</content>
internal sealed partial class EditPlanner
{
    private readonly HashSet<LinkKey> _newLinks = [];

    /// <summary>Makes relationships, a sixth of them on both sides.</summary>
    private void ConnectNodes()
    {
        var both = Enumerable.Range(0, One(60)).Select(_ => NewLink("knows", _persons.Rest)).ToList();
        foreach (var (here, _, _) in Sides)
        {
            here.AddRange(both.Select(edit => edit with { CreationDate = Now() }));
            for (var i = 0; i < One(20); i++)
            {
                here.Add(NewLink("knows", _persons.Rest));
                here.Add(NewLink("hasInterest", _tags.Rest));
            }
        }
    }

    /// <summary>Ends relationships, a few of them on both sides.</summary>
    private void DisconnectNodes()
    {
        var links = new Deck<LinkKey>(_links, _random);
        var both = links.Draw(One(100));
        foreach (var (here, _, _) in Sides) here.AddRange(links.Draw(One(20)).Concat(both).Select(link => new Disconnect(link)));
    }

    /// <summary>A relationship from a person to one of some nodes that isn't there yet.</summary>
    private Connect NewLink(string table, ReadOnlySpan<long> targets)
    {
        while (true)
        {
            var link = new LinkKey(table, Any(_persons.Rest), Any(targets));
            if (!_links.Contains(link) && _newLinks.Add(link)) return new(link, Now());
        }
    }

    private long Any(ReadOnlySpan<long> keys) => keys[_random.Next(keys.Length)];
}
