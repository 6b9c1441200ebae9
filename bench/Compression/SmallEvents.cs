using Crdt.Bench.Workloads;
using Crdt.Clocks;
using Crdt.Sync.Events;

namespace Crdt.Bench.Compression;

/// <summary>What one replica commits when a person edits: one property or a few of one of 10,000 people at a time.</summary>
internal static class SmallEvents
{
    private const int Crowd = 10_000;

    public static ReadOnlyMemory<byte>[] Make(int count)
    {
        var replica = new Replica("phone");
        var (people, dice) = (Enumerable.Range(0, Crowd).Select(i => People.Make(replica, i)).ToArray(), new Random(1));
        foreach (var person in people) person.TakeDelta();
        var (events, last, milliseconds) = (new ReadOnlyMemory<byte>[count], replica.LastNumber, 1_700_000_000_000ul);
        for (var i = 0; i < count; i++)
        {
            var person = people[dice.Next(Crowd)];
            Edit(person, dice.Next(5), dice.Next(1_000));
            var vector = new VersionVector();
            vector.Advance(replica.Id, last);
            vector.Advance(new((UInt128)0xC0FFEE << 90), 99);
            var change = new EntityDelta(person.State.Id, People.StateOf(person.TakeDelta()).ToArray());
            events[i] = EventCodec.Create("main", replica.Id, last + 1, replica.LastNumber, new((milliseconds += (ulong)dice.Next(2_000)) << 16), vector, [change]).Bytes;
            last = replica.LastNumber;
        }

        return events;
    }

    private static void Edit(Person person, int what, int value)
    {
        switch (what)
        {
            case 0: person.Name = $"Renamed {value}"; break;
            case 1: person.Email = $"moved{value}@example.org"; break;
            case 2: person.Age = value % 100; break;
            case 3: (person.Name, person.Age, person.Stock) = ($"Moved {value}", value % 90, person.Stock + 4); break;
            default: person.Stock -= value % 10; break;
        }
    }
}
