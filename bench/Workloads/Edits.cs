namespace Crdt.Bench.Workloads;

/// <summary>The random edits of a workload, drawn beforehand so that drawing isn't measured.</summary>
internal sealed class Edits
{
    private readonly (int Person, int Property, int Value)[] _edits;

    public Edits(int seed, int count, int people)
    {
        var dice = new Random(seed);
        _edits = [.. Enumerable.Range(0, count).Select(_ => (dice.Next(people), dice.Next(4), dice.Next(1_000)))];
    }

    /// <summary>Edits <paramref name="from"/>, and after every edit brings the delta into <paramref name="to"/>.</summary>
    /// <returns>How many bytes travelled.</returns>
    public int Run(Crowd from, Crowd to)
    {
        var bytes = 0;
        foreach (var (number, property, value) in _edits)
        {
            var person = from[number];
            Apply(person, property, value);
            var delta = person.TakeDelta();
            bytes += delta.Length;
            to[number].MergeDelta(delta);
        }

        return bytes;
    }

    private static void Apply(Person person, int property, int value)
    {
        switch (property)
        {
            case 0: person.Name = $"Renamed {value}"; break;
            case 1: person.Email = $"moved{value}@example.org"; break;
            case 2: person.Age = value % 100; break;
            default: person.Stock -= value % 10; break;
        }
    }
}
