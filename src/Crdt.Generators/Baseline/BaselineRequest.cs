namespace Crdt.Generators.Baseline;

/// <summary>Whether the build asks for a baseline.</summary>
/// <param name="IsMade">Whether it does.</param>
/// <param name="HasBaseline">Whether the project has one already.</param>
internal sealed record BaselineRequest(bool IsMade, bool HasBaseline);
