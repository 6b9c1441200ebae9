namespace Crdt.Codec;

/// <summary>Is shown the C# type and the codec of a value whose type is only known from its schema.</summary>
/// <typeparam name="TResult">What comes of it.</typeparam>
internal interface IValueVisitor<out TResult>
{
    TResult Visit<T, TCodec>()
        where T : notnull
        where TCodec : IValueCodec<T>;
}
