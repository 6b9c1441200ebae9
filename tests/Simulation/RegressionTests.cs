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

    /// <summary>
    /// Of two frames of events one is lost and the other doubled, so r3 gets the confirmations that it waits for. Its queue is empty then, while r4 lets the second event
    /// wait for the first in memory; both are in the log of r3 and reach everybody with the next session. (Seed 2913 of that time.)
    /// </summary>
    [Fact]
    public void Confirmations_that_a_way_has_doubled_lose_nothing() => Pass(
        2913,
        new(StepKind.Hold, 4, 2, 1878923903624676072),
        new(StepKind.Restore, 0, 1, 13090932826184893594),
        new(StepKind.Write, 4, 1, 9713552382777545024),
        new(StepKind.Connect, 2, 3, 17475443636091027863),
        new(StepKind.Write, 3, 2, 14350206941310383587),
        new(StepKind.Write, 3, 2, 9069212707828244026),
        new(StepKind.Connect, 2, 3, 6082078699928666043),
        new(StepKind.Connect, 3, 0, 4457298732067597975),
        new(StepKind.Write, 2, 2, 16106534063660951756),
        new(StepKind.Tamper, 1, 3, 5745614556374424154),
        new(StepKind.Deliver, 1, 2, 8779106711063818251),
        new(StepKind.Connect, 0, 1, 15300246710918955699),
        new(StepKind.Restore, 0, 2, 16028136062153911902),
        new(StepKind.Deliver, 0, 1, 3921389387638530641),
        new(StepKind.Deliver, 1, 0, 7364454083144155138),
        new(StepKind.Deliver, 2, 1, 13202693755521614911),
        new(StepKind.Tamper, 0, 0, 14579254258393125618),
        new(StepKind.Declare, 3, 2, 14371423373659737442));

    /// <summary>Who hears that a peer is gone crashes at its next write, and leaves others behind while those are being told. (Seed 9830 of that time.)</summary>
    [Fact]
    public void A_replica_may_crash_when_it_hears_of_another_ones_crash() => Pass(
        9830,
        new(StepKind.Write, 2, 2, 2616700846988273258),
        new(StepKind.Write, 4, 2, 16305423835547797906),
        new(StepKind.Connect, 0, 1, 8964618685314334658),
        new(StepKind.Drain, 2, 3, 4662740985061490223),
        new(StepKind.Connect, 2, 1, 8968030459846448460),
        new(StepKind.Declare, 4, 1, 3341149552442915929),
        new(StepKind.CrashLater, 4, 3, 116405890680823272),
        new(StepKind.Drain, 3, 1, 5781315971634900360),
        new(StepKind.Connect, 3, 0, 18274911205740468255),
        new(StepKind.Connect, 3, 0, 13767855340708210478),
        new(StepKind.CrashLater, 3, 1, 10182053718394221995),
        new(StepKind.Deliver, 1, 0, 9379054067480258380),
        new(StepKind.Deliver, 1, 2, 12995392779222814096),
        new(StepKind.Deliver, 4, 1, 16357432464317855582),
        new(StepKind.CrashLater, 4, 1, 6703500322493812654),
        new(StepKind.Write, 3, 3, 7557687633860229362));

    private static void Pass(ulong seed, params Step[] steps) => Assert.Null(Outcome.Of(new(seed, new(), steps)).Failure);
}
