namespace Crdt.Tests.Simulation.Model;

/// <summary>A plain record that is a value.</summary>
public sealed record Spot(string Street, int? Number, double Height);
