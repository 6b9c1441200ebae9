using Crdt.Generators.Diagnostics;
using Crdt.Generators.Model;

namespace Crdt.Generators.Baseline;

/// <summary>What a baseline says, or why it can't be read.</summary>
/// <param name="Top">Where it begins.</param>
/// <param name="Types">The types that it records.</param>
/// <param name="Fault">What is wrong with it; null where nothing is.</param>
internal sealed record RecordedBaseline(Place Top, EquatableArray<TypeShape> Types, Finding? Fault)
{
    /// <summary>What the file is called, in whichever folder.</summary>
    public const string FileName = "crdt.schema.json";
}
