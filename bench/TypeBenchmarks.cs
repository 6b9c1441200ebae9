using BenchmarkDotNet.Attributes;
using Crdt.Bench.Types;

namespace Crdt.Bench;

/// <summary>What each type that merges costs: a write, its bytes, its delta, and the ways in which two copies merge.</summary>
[MemoryDiagnoser]
public class TypeBenchmarks
{
    private TypeCase _case = null!;

    /// <summary>The type.</summary>
    [ParamsSource(nameof(Names))]
    public string Type { get; set; } = "";

    /// <summary>All types.</summary>
    public static IEnumerable<string> Names => TypeCase.Names;

    /// <summary>Two copies of one entity that were edited apart.</summary>
    [GlobalSetup]
    public void Setup() => _case = TypeCase.Of(Type);

    [Benchmark]
    public void Mutate() => _case.Mutate();

    [Benchmark]
    public byte[] Encode() => _case.Mine.Encode();

    [Benchmark]
    public object Decode() => _case.Decode();

    [Benchmark]
    public void Merge() => _case.Mine.Join(_case.Theirs);

    /// <summary>A write, its delta, and the delta's way into the other copy.</summary>
    [Benchmark]
    public void Delta() => _case.ShipDelta();

    [Benchmark]
    public byte[] EncodedJoin() => _case.JoinEncoded();
}
