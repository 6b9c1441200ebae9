using Crdt.Codec;
using Crdt.Schema;

namespace Crdt.Types.Registers;

/// <summary>A register that keeps the greatest value ever written.</summary>
/// <inheritdoc cref="ExtremeRegister{T,TCodec}"/>
/// <param name="schema">The field that this is.</param>
/// <param name="initial">What an unwritten register reads as.</param>
public sealed class MaxRegister<T, TCodec>(FieldSchema schema, T initial) : ExtremeRegister<T, TCodec>(FieldKind.Max, schema, initial, direction: 1)
    where TCodec : IValueCodec<T>
{
    private protected override DotFunField<Timestamped<T>> NewEmpty() => new MaxRegister<T, TCodec>(Schema, Initial);
}
