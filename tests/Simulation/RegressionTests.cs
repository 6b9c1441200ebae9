using Crdt.Tests.Simulation.Schedules;

namespace Crdt.Tests.Simulation;

/// <summary>Schedules that found something once, as <c>--shrink</c> prints them.</summary>
public sealed class RegressionTests
{
    /// <summary>
    /// A frame of events is overtaken, so r0 lets an event wait for one that it lacks, and the disk of their origin is put back to before both. Whoever
    /// brings the other one later sets it free, when r0 has told everybody already what it has. (Seed 16564 of that time.)
    /// </summary>
    [Fact]
    public void An_event_that_only_waits_in_memory_comes_through_after_its_origin_has_lost_it() => Pass(
        16564,
        new(StepKind.Write, 2, 1, 12008938254898385410),
        new(StepKind.Write, 3, 1, 15097280619714588708),
        new(StepKind.Connect, 1, 2, 3736542138879444105),
        new(StepKind.Connect, 4, 0, 13655219047865008171),
        new(StepKind.Copy, 2, 0, 11167228474990873703),
        new(StepKind.Connect, 0, 1, 14551183153838245881),
        new(StepKind.Write, 2, 3, 14104345436390194305),
        new(StepKind.Deliver, 0, 3, 4068365697146436698),
        new(StepKind.Restore, 2, 2, 17345993786238825259),
        new(StepKind.Deliver, 2, 0, 18423278844984416857),
        new(StepKind.Tamper, 3, 0, 11163114055280108994));

    private static void Pass(ulong seed, params Step[] steps) => Assert.Null(Outcome.Of(new(seed, new(), steps)).Failure);
}
