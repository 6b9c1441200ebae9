using Crdt.Types.Registers;
using Crdt.Codec;
using static Crdt.Tests.Vectors.Catalog.Made;

namespace Crdt.Tests.Vectors.Catalog;

/// <summary>Creation and deletion, under both rules.</summary>
internal static class LivenessVectors
{
    public static IEnumerable<Vector> All() => [Created(), CreatedTwice(), Deleted(), CreatedAgain(), .. DeletesWin(), .. UpdatesWin()];

    private static Vector Created() => Entity("created", "A creates the entity.", Subjects.Liveness, new Stage().Create(Subjects.Liveness));

    private static Vector CreatedTwice()
    {
        var stage = new Stage();
        var state = stage.Create(Subjects.Liveness);
        state.Join(stage.Create(Subjects.Liveness, 'C'));
        return Entity("created twice", "A and C create it concurrently.", Subjects.Liveness, state);
    }

    private static Vector Deleted()
    {
        var state = new Stage().Create(Subjects.Liveness);
        state.Delete();
        return Entity("deleted", "A creates and deletes it.", Subjects.Liveness, state);
    }

    private static Vector CreatedAgain()
    {
        var state = new Stage().Create(Subjects.Liveness);
        state.Delete();
        state.Create();
        return Entity("created again", "A creates, deletes and creates it.", Subjects.Liveness, state);
    }

    private static IEnumerable<Vector> DeletesWin()
    {
        var stage = new Stage();
        var state = stage.Create(Subjects.Name);
        var other = stage.Copy(Subjects.Name, state, 'B');
        other.Get<LwwRegister<string, TextCodec>>("Name").Value = "kept";
        state.Delete();
        yield return Entity("deletes win, before the merge", "A deletes it.", Subjects.Name, state);
        state.Join(other);
        yield return Entity("deletes win", "A deletes it while B writes the name, which stays hidden.", Subjects.Name, state);
    }

    private static IEnumerable<Vector> UpdatesWin()
    {
        var stage = new Stage();
        var state = stage.Create(Subjects.UpdateWins);
        state.Get<LwwRegister<string, TextCodec>>("Name").Value = "old";
        var other = stage.Copy(Subjects.UpdateWins, state, 'B');
        other.Get<LwwRegister<string, TextCodec>>("Name").Value = "new";
        state.Delete();
        yield return Entity("updates win, before the merge", "A writes the name and deletes it; the name stays hidden.", Subjects.UpdateWins, state);
        state.Join(other);
        yield return Entity("updates win", "A deletes it while B writes the name, which brings it back.", Subjects.UpdateWins, state);
    }
}
