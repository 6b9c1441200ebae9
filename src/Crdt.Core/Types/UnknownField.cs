using Crdt.Codec;
using Crdt.Schema;

namespace Crdt.Types;

/// <summary>
/// A field that this build has no property for, written by a newer one. Its grammar is known, so it merges and travels
/// like any other; only its payloads stay bytes.
/// </summary>
internal static class UnknownField
{
    public static Field Create(FieldKind kind, uint id) => EncodedEntity.GrammarOf(kind) == FieldGrammar.DotFun
        ? new UnknownDotFun(kind, id)
        : new UnknownDotMap(kind, id);

    private static void Refuse(in FieldOperation operation, Field field) => throw operation.Unfit(field);

    private static byte[] ReadAll(ref WireReader reader) => reader.ReadBytes(reader.Remaining).ToArray();

    private sealed class UnknownDotFun(FieldKind kind, uint id) : DotFunField<byte[]>(kind, id)
    {
        internal override void Apply(in FieldOperation operation) => Refuse(operation, this);

        private protected override DotFunField<byte[]> NewEmpty() => new UnknownDotFun(Kind, Id);

        private protected override void WritePayload(ref WireWriter writer, byte[] payload) => writer.WriteBytes(payload);

        private protected override byte[] ReadPayload(ref WireReader reader) => ReadAll(ref reader);
    }

    private sealed class UnknownDotMap(FieldKind kind, uint id)
        : DotMapField<byte[], byte[]>(kind, id, CanonicalComparer<byte[], BytesCodec>.Instance)
    {
        internal override void Apply(in FieldOperation operation) => Refuse(operation, this);

        private protected override DotMapField<byte[], byte[]> NewEmpty() => new UnknownDotMap(Kind, Id);

        private protected override void WriteKey(ref WireWriter writer, byte[] key) => writer.WriteBytes(key);

        private protected override byte[] ReadKey(ref WireReader reader) => ReadAll(ref reader);

        private protected override void WritePayload(ref WireWriter writer, byte[] payload) => writer.WriteBytes(payload);

        private protected override byte[] ReadPayload(ref WireReader reader) => ReadAll(ref reader);
    }
}
