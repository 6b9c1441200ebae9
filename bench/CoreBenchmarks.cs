using BenchmarkDotNet.Attributes;
using Crdt.Bench.Workloads;
using Crdt.Codec;

namespace Crdt.Bench;

/// <summary>What one entity costs: a write, its bytes, and the ways in which two copies merge.</summary>
[MemoryDiagnoser]
public class CoreBenchmarks
{
    private readonly Replica _phone = new("phone");
    private readonly Replica _laptop = new("laptop");
    private Person _mine = null!;
    private Person _theirs = null!;
    private byte[] _encodedMine = [];
    private byte[] _encodedTheirs = [];
    private byte[] _stateMine = [];
    private byte[] _stateTheirs = [];
    private int _next;

    /// <summary>Two copies of one person that were edited concurrently.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _mine = People.Make(_phone, 1);
        _theirs = Person.Decode(_laptop, _mine.Encode());
        (_mine.Email, _theirs.Email) = ("mine@example.org", "theirs@example.org");
        _mine.Stock -= 5;
        _theirs.Stock -= 3;
        (_encodedMine, _encodedTheirs) = (_mine.Encode(), _theirs.Encode());
        (_stateMine, _stateTheirs) = (People.StateOf(_encodedMine).ToArray(), People.StateOf(_encodedTheirs).ToArray());
    }

    [Benchmark]
    public void Mutate() => _mine.Age = _next++;

    [Benchmark]
    public byte[] Encode() => _mine.Encode();

    [Benchmark]
    public Person Decode() => Person.Decode(_phone, _encodedMine);

    /// <summary>A merge that brings nothing new, which is what most merges of a gossiping replica are.</summary>
    [Benchmark]
    public void MergeAgain() => _mine.Merge(_theirs);

    [Benchmark]
    public Person DecodeAndMerge()
    {
        var person = Person.Decode(_phone, _encodedMine);
        person.Merge(_theirs);
        return person;
    }

    /// <summary>A write, its delta, and the delta's way into the other copy.</summary>
    [Benchmark]
    public void EditTakeAndMergeDelta()
    {
        _mine.Age = _next++;
        _theirs.MergeDelta(_mine.TakeDelta());
    }

    /// <summary>What <see cref="DecodeAndMerge"/> does, on bytes alone.</summary>
    [Benchmark]
    public byte[] EncodedJoin() => EncodedEntity.Join(_stateMine, _stateTheirs);
}
