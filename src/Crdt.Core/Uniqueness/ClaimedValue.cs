using Crdt.Clocks;
using Crdt.Schema;
using Crdt.Storage;

namespace Crdt.Uniqueness;

/// <summary>A value of a unique field that an entity has.</summary>
/// <param name="Field">The field.</param>
/// <param name="Claim">The value, as stores look it up.</param>
/// <param name="Value">The value in its canonical bytes.</param>
/// <param name="Stamp">When it was written.</param>
/// <param name="Dot">By which write.</param>
internal readonly record struct ClaimedValue(FieldSchema Field, UniqueClaim Claim, ReadOnlyMemory<byte> Value, Stamp Stamp, Dot Dot);
