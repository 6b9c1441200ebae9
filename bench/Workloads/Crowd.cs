using Crdt.Codec;
using Crdt.Entities;

namespace Crdt.Bench.Workloads;

/// <summary>One replica's copies of many people.</summary>
internal sealed class Crowd(string name)
{
    private readonly Replica _replica = new(name);
    private readonly Dictionary<EntityId, Person> _people = [];

    public int Count => _people.Count;

    public IEnumerable<Person> People => _people.Values;

    public Person this[long id] => _people[Person.IdOf(id)];

    public static Crowd Build(string name, int count)
    {
        var crowd = new Crowd(name);
        for (var i = 0; i < count; i++) crowd.Add(Workloads.People.Make(crowd._replica, i));
        return crowd;
    }

    /// <summary>All full states, one after the other, each behind its length.</summary>
    public byte[] Encode()
    {
        var writer = new WireWriter(1 << 20);
        foreach (var person in _people.Values) writer.WriteBlock(person.Encode());
        return writer.Finish();
    }

    /// <summary>Takes what <see cref="Encode"/> wrote: adds who is missing, merges who is there.</summary>
    public void Take(ReadOnlySpan<byte> encoded)
    {
        var reader = new WireReader(encoded);
        while (reader.Remaining > 0)
        {
            var block = reader.ReadBlock();
            if (_people.TryGetValue(EntityState.ReadId(block), out var mine)) mine.MergeDelta(block);
            else Add(Person.Decode(_replica, block));
        }
    }

    /// <summary>Edits people in both crowds, half of them the same, and brings the deltas across both ways.</summary>
    /// <returns>How many bytes travelled.</returns>
    public static int EditApart(Crowd left, Crowd right, int count)
    {
        for (var i = 0; i < count; i++)
        {
            left[i].Name = $"left {i}";
            right[i + (count / 2)].Name = $"right {i}";
        }

        var bytes = 0;
        for (var i = 0; i < count * 3 / 2; i++)
        {
            var (there, back) = (i < count ? left[i].TakeDelta() : [], i >= count / 2 ? right[i].TakeDelta() : []);
            if (there.Length > 0) right[i].MergeDelta(there);
            if (back.Length > 0) left[i].MergeDelta(back);
            bytes += there.Length + back.Length;
        }

        return bytes;
    }

    /// <summary>Reads every property; the sum keeps the reads from being optimised away.</summary>
    public long ReadAll()
    {
        var sum = 0L;
        foreach (var person in _people.Values) sum += person.Name!.Length + person.Email!.Length + person.Age + person.Stock;
        return sum;
    }

    private void Add(Person person) => _people.Add(person.State.Id, person);
}
