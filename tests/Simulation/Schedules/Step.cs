namespace Crdt.Tests.Simulation.Schedules;

/// <summary>One step of a schedule. Its numbers mean something in whatever state it meets, so that a schedule with steps taken out is one too.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="First">Which replica.</param>
/// <param name="Second">Which other replica.</param>
/// <param name="Seed">What its details follow from.</param>
internal readonly record struct Step(StepKind Kind, byte First, byte Second, ulong Seed);
