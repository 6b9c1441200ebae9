using Crdt.Testing.Histories;

namespace Crdt.Testing.Checks;

/// <summary>All laws on one run of a history, which takes most of the time.</summary>
internal static class AllLaws
{
    /// <param name="history">The history.</param>
    /// <param name="alsoOf">What else is demanded of every copy, and of one that has seen all there is.</param>
    public static void Check(History history, Action<World, Copy>? alsoOf = null)
    {
        var world = history.Run();
        LatticeLaws.Check(history, world);
        EncodedJoinLaws.Check(history, world);
        BytesLaws.Check(history, world);
        if (history.Subject.Fields.Count > 0) UnknownFieldLaws.Check(history, world);
        for (var i = 0; i < world.Copies.Count; i++) Check(world, world.Copies[i], world.Samples[i], alsoOf);
        DeltaLaws.Check(history, world);
        var all = world.Gather();
        Check(world, all, new(all.State), alsoOf);
    }

    private static void Check(World world, Copy copy, Sample sample, Action<World, Copy>? alsoOf)
    {
        ObservationLaws.Check(world, copy, sample);
        EscrowLaws.Check(copy);
        alsoOf?.Invoke(world, copy);
    }
}
