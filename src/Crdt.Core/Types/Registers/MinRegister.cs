using Crdt.Codec;
using Crdt.Schema;

namespace Crdt.Types.Registers;

/// <summary>A register that keeps the least value ever written.</summary>
/// <inheritdoc cref="ExtremeRegister{T,TCodec}"/>
/// <param name="schema">The field that this is.</param>
/// <param name="initial">What an unwritten register reads as.</param>
public sealed class MinRegister<T, TCodec>(FieldSchema schema, T initial) : ExtremeRegister<T, TCodec>(FieldKind.Min, schema, initial, direction: -1)
    where TCodec : IValueCodec<T>
{
    private protected override DotFunField<Timestamped<T>> NewEmpty() => new MinRegister<T, TCodec>(Schema, Initial);
}
