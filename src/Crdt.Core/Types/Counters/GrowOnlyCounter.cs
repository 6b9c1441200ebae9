using Crdt.Codec;
using Crdt.Schema;

namespace Crdt.Types.Counters;

/// <summary>A counter that only goes up: a negative change, or assigning less than is read, is an <see cref="ArgumentOutOfRangeException"/>.</summary>
/// <param name="schema">The field that this is.</param>
public sealed class GrowOnlyCounter(FieldSchema schema) : TallyField(FieldKind.GrowOnlyCounter, schema)
{
    private protected override void RequireAllowed(long change)
    {
        if (change < 0) throw new ArgumentOutOfRangeException(Schema.Name, change, $"'{Schema.Name}' only grows; declare it as [Counter] for a value that can fall.");
    }

    private protected override DotFunField<Tally> NewEmpty() => new GrowOnlyCounter(Schema);

    private protected override void WritePayload(ref WireWriter writer, Tally payload) => writer.WriteVarint(payload.Increments);

    private protected override Tally ReadPayload(ref WireReader reader) => new(reader.ReadVarint(), 0);
}
