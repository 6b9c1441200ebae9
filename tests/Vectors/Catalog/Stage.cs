using Crdt.Clocks;
using Crdt.Entities;

namespace Crdt.Tests.Vectors.Catalog;

/// <summary>Three replicas with fixed ids and a clock each that stands still, so that what they write has the same bytes in every run.</summary>
internal sealed class Stage
{
    public static readonly ReplicaId A = ReplicaId.Parse("000102030405060708090a0b0c0d0e0f");
    public static readonly ReplicaId B = ReplicaId.Parse("7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f");
    public static readonly ReplicaId C = ReplicaId.Parse("fffefdfcfbfaf9f8f7f6f5f4f3f2f1f0");

    private readonly Dictionary<char, (VirtualTime Time, Replica Replica)> _writers = new()
    {
        ['A'] = Writer('A', A),
        ['B'] = Writer('B', B),
        ['C'] = Writer('C', C),
    };

    public Replica Replica(char name) => _writers[name].Replica;

    public void Tick(char name, long milliseconds) => _writers[name].Time.Milliseconds += milliseconds;

    /// <summary>A new copy, created by one of the replicas.</summary>
    public EntityState Create(Subject subject, char by = 'A')
    {
        var state = subject.New(Replica(by));
        state.Create();
        return state;
    }

    /// <summary>A copy of a copy, which another replica writes to.</summary>
    public EntityState Copy(Subject subject, EntityState state, char by) => subject.Decode(state.Encode(), Replica(by));

    public static string NameOf(ReplicaId id) => id == A ? "A" : id == B ? "B" : id == C ? "C" : $"{id}";

    private static (VirtualTime, Replica) Writer(char name, ReplicaId id)
    {
        var time = new VirtualTime(1_700_000_000_000);
        return (time, new($"{name}", id, 0, time));
    }
}
