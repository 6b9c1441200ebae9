using Crdt.Codec;
using Crdt.Dynamic;
using Crdt.Entities;
using Crdt.Schema;
using Crdt.Storage;

namespace Crdt.Sync.Distributed;

/// <summary>
/// The bytes of the operations of a distributed transaction.
/// <code>
/// operations := count operation*                                  1 to 4,096
/// operation  := verb[1] block(identity) [ field[4] body | claim ] no field for create, delete and require
/// body       := flag [block(value)]                               set; the flag is 0 where null is set
///             | zigzag                                            increment
///             | block(key)                                        add, remove
///             | block(key) flag [block(value)]                    put
///             | block(key) zigzag                                 increment at
/// claim      := claim[16]                                         claim, release
/// </code>
/// Values are in the canonical bytes of their types (see <c>docs/wire-format.md</c>).
/// </summary>
internal static class OperationCodec
{
    /// <summary>The most operations of one transaction.</summary>
    public const int MaxOperations = 4096;

    /// <summary>The most bytes of them.</summary>
    public const int MaxBytes = 1024 * 1024;

    private const int MinOperation = 2;

    /// <summary>The bytes of operations.</summary>
    /// <exception cref="ArgumentException">There are none or too many, or a field can't hold a value.</exception>
    public static byte[] Encode(IReadOnlyList<Operation> operations, GraphSchema schema)
    {
        if (operations.Count is 0 or > MaxOperations) throw new ArgumentException($"A distributed transaction has 1 to {MaxOperations} operations, not {operations.Count}.", nameof(operations));
        var writer = new WireWriter(256);
        writer.WriteVarint((ulong)operations.Count);
        foreach (var operation in operations) Write(ref writer, operation, schema.TypeOf(operation.Entity));
        if (writer.Length > MaxBytes) throw new ArgumentException($"The operations of a distributed transaction take {MaxBytes} bytes at most, not {writer.Length}.", nameof(operations));
        return writer.Finish();
    }

    /// <summary>Reads operations.</summary>
    /// <exception cref="WireFormatException">They are malformed, or of types or fields that the schema lacks.</exception>
    public static IReadOnlyList<Operation> Decode(ReadOnlySpan<byte> bytes, GraphSchema schema)
    {
        if (bytes.Length > MaxBytes) throw new WireFormatException($"the operations of a transaction take {MaxBytes} bytes at most, not {bytes.Length}", 0);
        var reader = new WireReader(bytes);
        var operations = new Operation[reader.ReadCount(MinOperation, MaxOperations)];
        if (operations.Length == 0) throw reader.Malformed("there is no operation");
        for (var i = 0; i < operations.Length; i++) operations[i] = Read(ref reader, schema);
        reader.End();
        return operations;
    }

    private static bool HasField(OperationVerb verb) => verb is >= OperationVerb.Set and <= OperationVerb.IncrementAt;

    private static bool HasKey(OperationVerb verb) => verb is >= OperationVerb.Add and <= OperationVerb.IncrementAt;

    private static bool HasValue(OperationVerb verb) => verb is OperationVerb.Set or OperationVerb.Put;

    private static bool HasAmount(OperationVerb verb) => verb is OperationVerb.Increment or OperationVerb.IncrementAt;

    private static ValueSchema KeyTypeOf(FieldSchema field) => field.Key ?? field.Value;

    private static void Write(ref WireWriter writer, Operation operation, EntityType type)
    {
        writer.WriteByte((byte)operation.Verb);
        writer.WriteBlock(operation.Entity.Bytes);
        if (operation.IsClaim) writer.WriteBytes(operation.Claim.ToBytes());
        if (!HasField(operation.Verb)) return;
        var field = type.Fields.FirstOrDefault(each => each.Name == operation.Field) ?? throw new ArgumentException($"'{type.Name}' has no field '{operation.Field}'.");
        writer.WriteUInt32(field.Id);
        if (HasKey(operation.Verb)) writer.WriteBlock(ValueWriter.Encode(KeyTypeOf(field), operation.Key ?? throw new ArgumentException($"'{field.Name}' can't hold null.")));
        if (HasAmount(operation.Verb)) writer.WriteZigZag(operation.Amount);
        if (!HasValue(operation.Verb)) return;
        writer.WriteByte(operation.Value is null ? (byte)0 : (byte)1);
        if (operation.Value is { } value) writer.WriteBlock(ValueWriter.Encode(field.Value, value));
    }

    private static Operation Read(ref WireReader reader, GraphSchema schema)
    {
        var verb = (OperationVerb)reader.ReadByte();
        if (!Enum.IsDefined(verb)) throw reader.Malformed($"there is no operation of number {(byte)verb}");
        var identity = reader.ReadBlock(WireLimits.Identity);
        var start = reader.Offset - identity.Length;
        var type = schema.Find(EntityId.Read(identity, start).TypeId) ?? throw reader.Malformed("the operation is of a type that this replica doesn't know; update it");
        var operation = new Operation(verb, EntityId.Read(identity, type, start));
        if (operation.IsClaim) return operation with { Claim = UniqueClaim.Read(reader.ReadBytes(UniqueClaim.Size)) };
        return HasField(verb) ? ReadField(ref reader, operation, type) : operation;
    }

    private static Operation ReadField(ref WireReader reader, Operation operation, EntityType type)
    {
        var field = type.FindField(reader.ReadUInt32()) ?? throw reader.Malformed($"the operation is of a field of '{type.Name}' that this replica doesn't know; update it");
        operation = operation with { Field = field.Name };
        if (HasKey(operation.Verb)) operation = operation with { Key = ReadValue(ref reader, KeyTypeOf(field)) };
        if (HasAmount(operation.Verb)) operation = operation with { Amount = reader.ReadZigZag() };
        if (!HasValue(operation.Verb)) return operation;
        return reader.ReadByte() switch
        {
            0 => operation,
            1 => operation with { Value = ReadValue(ref reader, field.Value) },
            _ => throw reader.Malformed("a flag is 0 or 1"),
        };
    }

    private static object ReadValue(ref WireReader reader, ValueSchema type) => ValueReader.Decode(type, reader.ReadNested()) ?? throw reader.Malformed("a value is missing");
}
