using Crdt.Codec;
using Crdt.Schema;
using Crdt.Types;

namespace Crdt.Dynamic;

/// <summary>Tells keys apart by their canonical bytes: 1.0 and 1.00 are two, and bytes are equal by what they hold.</summary>
/// <param name="type">The type of the keys.</param>
internal sealed class CanonicalKeys(ValueSchema type) : IEqualityComparer<object>
{
    bool IEqualityComparer<object>.Equals(object? left, object? right) =>
        left is not null && right is not null && CanonicalComparer<byte[], BytesCodec>.Instance.Equals(BytesOf(left), BytesOf(right));

    int IEqualityComparer<object>.GetHashCode(object key) => CanonicalComparer<byte[], BytesCodec>.Instance.GetHashCode(BytesOf(key));

    private byte[] BytesOf(object key) => ValueWriter.Encode(type, key);
}
