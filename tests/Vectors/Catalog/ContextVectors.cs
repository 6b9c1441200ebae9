using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Types.Registers;
using Crdt.Types.Sets;
using static Crdt.Tests.Vectors.Catalog.Made;

namespace Crdt.Tests.Vectors.Catalog;

/// <summary>What was seen: contexts with gaps, deltas, version vectors.</summary>
internal static class ContextVectors
{
    public static IEnumerable<Vector> All() => [.. Deltas(), .. Gaps(), Elsewhere(), .. Vectors()];

    private static IEnumerable<Vector> Deltas()
    {
        var state = new Stage().Create(Subjects.Several);
        yield return Entity("delta of a creation", "A creates the entity and takes a delta.", Subjects.Several, state.TakeDelta());
        state.Get<LwwRegister<string, TextCodec>>("Name").Value = "n";
        state.Get<OrSet<string, TextCodec>>("Tags").Add("t");
        yield return Entity("delta of writes", "A writes the name and adds \"t\" to the set.", Subjects.Several, state.TakeDelta());
        state.Get<LwwRegister<string, TextCodec>>("Name").Value = "m";
        yield return Entity("delta of an overwrite", "A writes the name again: the context has the write that went away.", Subjects.Several, state.TakeDelta());
        state.Get<OrSet<string, TextCodec>>("Tags").Remove("t");
        yield return Entity("delta of a removal", "A removes \"t\": nothing but a context.", Subjects.Several, state.TakeDelta());
        yield return Entity("delta of nothing", "A takes a delta right after another one.", Subjects.Several, state.TakeDelta());
        state.Delete();
        yield return Entity("delta of a deletion", "A deletes the entity: the context has all writes that were in force.", Subjects.Several, state.TakeDelta());
    }

    private static IEnumerable<Vector> Gaps()
    {
        var stage = new Stage();
        var (a, c) = (stage.Create(Subjects.Tags), stage.Create(Subjects.Tags, 'C'));
        var receiver = Subjects.Tags.New(null);
        var tags = a.Get<OrSet<string, TextCodec>>("Tags");
        for (var i = 1; i <= 6; i++)
        {
            tags.Add($"{i}");
            var delta = a.TakeDelta();
            if (i % 2 == 0) receiver.Join(Subjects.Tags.Decode(delta, null));
        }

        yield return Entity("context with gaps", "A adds six elements; every second delta arrives.", Subjects.Tags, receiver);
        c.Get<OrSet<string, TextCodec>>("Tags").Add("c");
        receiver.Join(c);
        yield return Entity("context of two replicas with gaps", "What C did arrives whole.", Subjects.Tags, receiver);
    }

    private static Vector Elsewhere()
    {
        var stage = new Stage();
        var state = stage.Create(Subjects.Name);
        stage.Create(Subjects.Liveness);
        for (var i = 0; i < 200; i++) stage.Create(Subjects.Tags);
        state.Get<LwwRegister<string, TextCodec>>("Name").Value = "late";
        return Entity("claim", "A gives numbers to other entities before it writes the name: the write claims those too, which need two bytes.", Subjects.Name, state);
    }

    private static IEnumerable<Vector> Vectors()
    {
        var vector = new VersionVector();
        yield return VectorClock("empty vector", "Nothing was seen.", vector.Clone());
        vector.Advance(Stage.A, 1);
        yield return VectorClock("vector of one replica", "A's first write.", vector.Clone());
        vector.Advance(Stage.C, ulong.MaxValue);
        vector.Advance(Stage.B, 300);
        yield return VectorClock("vector of three replicas", "One write of A, 300 of B, and all that C can ever make.", vector);
    }
}
