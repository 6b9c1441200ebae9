namespace Crdt.Tests.Simulation.Worlds;

/// <summary>The simulation found what must not be.</summary>
internal sealed class SimulationException(string message) : Exception(message);
