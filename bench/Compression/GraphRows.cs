using System.Text.Json;
using Crdt.Bench.Workloads;
using Crdt.Codec;
using Crdt.Entities;
using Crdt.Storage;

namespace Crdt.Bench.Compression;

/// <summary>A graph as a replica's store holds it, and the same as JSON.</summary>
internal sealed class GraphRows
{
    private readonly List<StoredEntity> _rows = [];
    private readonly List<object> _values = [];

    private GraphRows(string name) => Name = name;

    public string Name { get; }

    /// <summary>In the order of their identities, as a snapshot has them.</summary>
    public IReadOnlyList<StoredEntity> Rows => _rows;

    /// <summary>Its values alone, without anything that merging needs.</summary>
    public byte[] Json => JsonSerializer.SerializeToUtf8Bytes(_values);

    /// <summary>The people of workload W1, and so many relationships between any two of them.</summary>
    public static GraphRows Make(string name, int people, int relationships)
    {
        var (graph, replica, dice) = (new GraphRows(name), new Replica("phone"), new Random(1));
        for (var i = 0; i < people; i++)
        {
            var person = People.Make(replica, i);
            graph.Add(person.Encode());
            graph._values.Add(new { type = "Person", id = i, name = person.Name, email = person.Email, age = person.Age, stock = person.Stock });
        }

        var ends = Enumerable.Range(0, relationships).Select(_ => (From: dice.Next(people), To: dice.Next(people))).Distinct();
        foreach (var (from, to) in ends)
        {
            var knows = new Knows(replica, Person.IdOf(from), Person.IdOf(to)) { Since = new DateOnly(2020, 1, 1).AddDays(dice.Next(2_000)) };
            graph.Add(knows.Encode());
            graph._values.Add(new { type = "Knows", from, to, since = knows.Since });
        }

        graph._rows.Sort((left, right) => left.Id.CompareTo(right.Id));
        return graph;
    }

    /// <summary>People whose keys, names, ages and stock follow no pattern, as far as names do.</summary>
    public static GraphRows MakeDrawn(string name, int people)
    {
        string[] syllables = ["an", "be", "cor", "da", "el", "fi", "ga", "hol", "ir", "jo", "ka", "lu", "mar", "ne", "ol", "pe", "ri", "sa", "ti", "vo"];
        var (graph, replica, dice) = (new GraphRows(name), new Replica("phone"), new Random(1));
        foreach (var id in Enumerable.Range(0, people).Select(_ => dice.NextInt64(1L << 40)).Distinct())
        {
            var (first, last) = (Name(2), Name(3));
            var person = new Person(replica, id) { Name = $"{first} {last}", Email = $"{first}.{last}{dice.Next(100)}@example.org", Age = dice.Next(18, 90), Stock = dice.Next(1_000) };
            graph.Add(person.Encode());
            graph._values.Add(new { type = "Person", id, name = person.Name, email = person.Email, age = person.Age, stock = person.Stock });
        }

        graph._rows.Sort((left, right) => left.Id.CompareTo(right.Id));
        return graph;

        string Name(int length) => string.Concat(Enumerable.Range(0, length).Select(_ => syllables[dice.Next(syllables.Length)]));
    }

    /// <summary>The people of workload W1, with every third age and stock written again later, by another replica.</summary>
    public static GraphRows MakeEdited(string name, int people)
    {
        var (graph, phone, laptop) = (new GraphRows(name), new Replica("phone"), new Replica("laptop"));
        var all = Enumerable.Range(0, people).Select(i => People.Make(phone, i)).ToArray();
        var order = Enumerable.Range(0, people).ToArray();
        new Random(1).Shuffle(order);
        foreach (var i in order.Take(people / 3))
        {
            var copy = Person.Decode(laptop, all[i].Encode());
            copy.Age++;
            copy.Stock += 5;
            all[i] = copy;
        }

        foreach (var person in all)
        {
            graph.Add(person.Encode());
            graph._values.Add(new { type = "Person", id = person.Id, name = person.Name, email = person.Email, age = person.Age, stock = person.Stock });
        }

        graph._rows.Sort((left, right) => left.Id.CompareTo(right.Id));
        return graph;
    }

    /// <summary>Rows one after the other.</summary>
    public byte[] Plain()
    {
        var writer = new WireWriter(1 << 20);
        foreach (var row in _rows)
        {
            writer.WriteBlock(row.Id.Bytes);
            writer.WriteBlock(row.State.Span);
        }

        return writer.Finish();
    }

    // A store's row has no context of its own. All replicas of these are in the dots too, so the table stays.
    private void Add(byte[] encoded)
    {
        var reader = new WireReader(People.StateOf(encoded));
        var writer = new WireWriter(encoded.Length);
        var replicas = reader.ReadVarint();
        writer.WriteVarint(replicas);
        writer.WriteBytes(reader.ReadBytes((int)replicas * 16));
        reader.ReadBlock();
        writer.WriteBlock([]);
        writer.WriteBytes(reader.Rest);
        _rows.Add(new(EntityState.ReadId(encoded), writer.Finish()));
        EncodedEntity.Validate(_rows[^1].State.Span);
    }
}
