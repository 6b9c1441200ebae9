using Crdt.Codec;
using Crdt.Schema;

namespace Crdt.Types.Registers;

/// <summary>What concurrent writes to a register of an extreme read as, for those who know its schema and not its C# type.</summary>
internal static class ExtremeRules
{
    /// <summary>The rule of a field; null where the field keeps no extreme.</summary>
    public static ResolutionRule? Of(FieldSchema field) =>
        field.Kind is FieldKind.Max or FieldKind.Min && ValueTypes.TryVisit(field.Value, new Finder(field.Kind), out ResolutionRule rule) ? rule : null;

    private readonly struct Finder(FieldKind kind) : IValueVisitor<ResolutionRule>
    {
        public ResolutionRule Visit<T, TCodec>()
            where T : notnull
            where TCodec : IValueCodec<T> => kind == FieldKind.Max ? ResolutionRule<T, TCodec>.Max : ResolutionRule<T, TCodec>.Min;
    }
}
