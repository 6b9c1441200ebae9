using Crdt.Codec;
using Crdt.Schema;

namespace Crdt.Types.Counters;

/// <summary>A counter that goes up and down on every replica at once: a PN counter on the causal kernel.</summary>
/// <param name="schema">The field that this is.</param>
public sealed class Counter(FieldSchema schema) : TallyField(FieldKind.Counter, schema)
{
    private protected override DotFunField<Tally> NewEmpty() => new Counter(Schema);

    private protected override void WritePayload(ref WireWriter writer, Tally payload) => payload.Write(ref writer);

    private protected override Tally ReadPayload(ref WireReader reader) => Tally.Read(ref reader);
}
