using Crdt.Generators.Diagnostics;

namespace Crdt.Generators.Baseline;

/// <summary>What the data of a field looks like: all that replicas of different versions have to agree on.</summary>
/// <param name="Name">Its name in the data.</param>
/// <param name="Kind">How it merges.</param>
/// <param name="Key">The type of a map's keys; empty for other kinds.</param>
/// <param name="Value">The type of its value, or of its elements.</param>
internal sealed record FieldShape(string Name, string Kind, string Key, string Value)
{
    /// <summary>The property that shows it, where it comes from code.</summary>
    public string Property { get; init; } = "";

    /// <summary>Where it stands, where it comes from a baseline.</summary>
    public Place? Place { get; init; }

    /// <summary>The field in words, as <c>Crdt.Schema.GraphSchema</c> tells of it.</summary>
    public string Described => Key.Length == 0 ? $"{Kind} of {Value}" : $"{Kind} from {Key} to {Value}";
}
