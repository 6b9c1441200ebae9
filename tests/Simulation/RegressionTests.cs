using Crdt.Tests.Simulation.Schedules;

namespace Crdt.Tests.Simulation;

/// <summary>Schedules that found something once.</summary>
public sealed class RegressionTests
{
    /// <summary>
    /// r0 lets an event wait for one that it held back, and the disk of its origin is put back to before both. The first replica to bring the other one
    /// sets it free, after r0 has told everybody what it has.
    /// </summary>
    [Fact]
    public void An_event_that_only_waits_in_memory_comes_through_after_its_origin_has_lost_it() => Assert.Null(Outcome.Of(Schedule.Of(16564, new())).Failure);
}
