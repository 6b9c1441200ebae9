using Crdt.Codec;
using Crdt.Schema;

namespace Crdt.Tests.Vectors.Catalog;

/// <summary>A record that is a value.</summary>
internal sealed record Address(string Street, int House, string? Code);

/// <summary>Its codec, by hand.</summary>
internal readonly struct AddressCodec : IValueCodec<Address>
{
    public static readonly ValueSchema Schema = ValueSchema.Record(
        new ValueMember("Street", ValueKind.Text), new ValueMember("House", ValueKind.Int32), new ValueMember("Code", ValueSchema.Optional(ValueKind.Text)));

    public static ValueKind Kind => ValueKind.Record;

    public static void Write(ref WireWriter writer, Address value)
    {
        RecordMember.Write<string, TextCodec>(ref writer, value.Street);
        RecordMember.Write<int, Int32Codec>(ref writer, value.House);
        RecordMember.Write<string?, OptionalReferenceCodec<string, TextCodec>>(ref writer, value.Code);
    }

    public static Address Read(ref WireReader reader) => new(
        RecordMember.Read<string, TextCodec>(ref reader),
        RecordMember.Read<int, Int32Codec>(ref reader),
        RecordMember.Read<string?, OptionalReferenceCodec<string, TextCodec>>(ref reader));
}
