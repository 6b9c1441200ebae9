namespace Crdt.Samples.SocialNetwork.Edits;

/// <content>What is done to nodes.</content>
internal sealed partial class EditPlanner
{
    /// <summary>Keys above those of the data set.</summary>
    private const long FirstNewKey = 90_000_000_000_000;

    /// <summary>Deletes nodes: some that the other side leaves alone, some that it deletes too, some that it changes and some that it connects.</summary>
    private (ChangeText Changed, Connect Connected) DeleteNodes()
    {
        ChangeText? changed = null;
        Connect? connected = null;
        foreach (var (here, there, _) in Sides.Reverse())
        {
            here.AddRange(_persons.Draw(One(150)).Select(id => new Delete(new("Person", id))));
            here.AddRange(_forums.Draw(One(150)).Select(id => new Delete(new("Forum", id))));
            foreach (var tag in _tags.Draw(One(300)))
            {
                here.Add(new Delete(new("Tag", tag)));
                there.Add(new Delete(new("Tag", tag)));
            }

            foreach (var forum in _forums.Draw(One(150)))
            {
                here.Add(new Delete(new("Forum", forum)));
                there.Add(changed = new(new("Forum", forum), "title", $"A new title for {forum}"));
                there.Add(new Increment(changed.Node, 1));
            }

            foreach (var tag in _tags.Draw(One(150)))
            {
                here.Add(new Delete(new("Tag", tag)));
                there.Add(connected = NewLink("hasInterest", [tag]));
            }
        }

        return (changed!, connected!);
    }

    /// <summary>Changes properties; a fifth of them on both sides.</summary>
    private (ChangeText Office, ChangeText Laptop) ChangeTexts()
    {
        var nodes = Survivors("Person", _persons).Concat(Survivors("Forum", _forums)).Concat(Survivors("Tag", _tags));
        var columns = ChangeText.Columns.ToLookup(column => column.Table, column => column.Column);
        var properties = new Deck<(NodeKey Node, string Column)>(nodes.SelectMany(node => columns[node.Table].Select(column => (node, column))), _random);
        var both = properties.Draw(One(5));
        foreach (var (here, _, name) in Sides)
        {
            var own = properties.Draw(_changes - both.Count);
            here.AddRange(own.Concat(both).Select(property => new ChangeText(property.Node, property.Column, $"{property.Column} by {name} {_random.Next(1000)}")));
        }

        return (Find(_office), Find(_laptop));

        ChangeText Find(List<Edit> side) => side.OfType<ChangeText>().First(edit => (edit.Node, edit.Column) == both[0]);
    }

    /// <summary>Moves counters up and down, a third of them on both sides.</summary>
    private (Increment Office, Increment Laptop) MoveCounters()
    {
        var nodes = new Deck<NodeKey>(Survivors("Person", _persons).Concat(Survivors("Forum", _forums)), _random);
        var both = nodes.Draw(One(15));
        foreach (var (here, _, _) in Sides)
            here.AddRange(nodes.Draw(One(8)).Concat(both).Select(node => new Increment(node, _random.Next(-20, 100))));
        return (Find(_office), Find(_laptop));

        Increment Find(List<Edit> side) => side.OfType<Increment>().First(edit => edit.Node == both[0]);
    }

    /// <summary>Adds and removes nicknames: new ones, old ones, and old ones that the other side confirms at the same time.</summary>
    private AddNickname ChangeNicknames()
    {
        AddNickname? confirmed = null;
        var persons = new Deck<long>(Survivors("Person", _persons).Select(node => node.Id), _random);
        foreach (var (here, there, name) in Sides)
        {
            here.AddRange(persons.Draw(One(25)).Select(id => new AddNickname(id, $"{_firstNames[id]} of {name}")));
            here.AddRange(persons.Draw(One(25)).Select(id => new RemoveNickname(id, _firstNames[id])));
            foreach (var person in persons.Draw(One(25)))
            {
                here.Add(new RemoveNickname(person, _firstNames[person]));
                there.Add(confirmed = new(person, _firstNames[person]));
            }
        }

        return confirmed!;
    }

    /// <summary>Creates persons and tags; some of the tags on both sides, under the same key.</summary>
    private void CreateNodes()
    {
        var next = FirstNewKey;
        var shared = Enumerable.Range(0, One(300)).Select(_ => next++).ToList();
        foreach (var (here, _, name) in Sides)
        {
            here.AddRange(shared.Select(id => new CreateTag(id, $"A topic that {name} thought of")));
            for (var i = 0; i < One(60); i++)
            {
                here.Add(new CreateTag(next, $"Topic {next++} of {name}"));
                here.Add(new CreatePerson(next, $"Newcomer {next} of {name}", Now()));
                here.Add(new Connect(new("knows", next++, _persons.Rest[i % _persons.Rest.Length]), Now()));
            }
        }
    }

    /// <summary>The nodes that nobody deletes.</summary>
    private static List<NodeKey> Survivors(string table, Deck<long> keys)
    {
        var nodes = new List<NodeKey>();
        foreach (var key in keys.Rest) nodes.Add(new(table, key));
        return nodes;
    }
}
