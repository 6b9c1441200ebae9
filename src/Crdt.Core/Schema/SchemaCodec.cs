using Crdt.Codec;

namespace Crdt.Schema;

/// <summary>The wire form of a schema: as it is kept in stores and shown to peers in the handshake.</summary>
internal static class SchemaCodec
{
    private const int MaxName = 512;

    // A byte of rules: the one for deletions in four bits, the multiplicity in two, and the one for deleted ends in two.
    private const int MultiplicityShift = 4, EndShift = 6, DeletionMask = 0b1111, MultiplicityMask = 0b11;
    private const byte NullableFlag = 1, UniqueFlag = 2;

    public static void Write(ref WireWriter writer, GraphSchema schema)
    {
        writer.WriteText(schema.Name);
        writer.WriteVarint((ulong)schema.Version);
        writer.WriteVarint((ulong)schema.Types.Count);
        foreach (var type in schema.Types) Write(ref writer, type);
    }

    public static GraphSchema Read(ref WireReader reader)
    {
        var start = reader.Offset;
        var bytes = reader.Rest;
        var name = reader.ReadText(MaxName);
        var version = reader.ReadVarint();
        if (version is 0 or > int.MaxValue) throw reader.Malformed($"{version} is not a schema version");
        var types = new Dictionary<string, EntityType>(StringComparer.Ordinal);
        for (var left = reader.ReadCount(bytesEach: 6); left > 0; left--)
        {
            var type = ReadType(ref reader, types);
            if (!types.TryAdd(type.Name, type)) throw reader.Malformed($"the type '{type.Name}' occurs twice");
        }

        var schema = Checked(start, () => new GraphSchema(name, (int)version, [.. types.Values]));
        RequireCanonical(schema, bytes[..(reader.Offset - start)], start);
        return schema;
    }

    // Types and fields are sorted when a schema is made, so what comes in another order is found by writing it again.
    private static void RequireCanonical(GraphSchema schema, ReadOnlySpan<byte> read, int start)
    {
        var writer = new WireWriter(read.Length + 16);
        Write(ref writer, schema);
        var (same, shared) = (writer.Written.SequenceEqual(read), writer.Written.CommonPrefixLength(read));
        writer.Dispose();
        if (!same) throw new WireFormatException("types, fields and names of enums must ascend", start + shared);
    }

    private static void Write(ref WireWriter writer, EntityType type)
    {
        writer.WriteText(type.Name);
        writer.WriteText(type.Table);
        writer.WriteText(type.Lane);
        writer.WriteText(type.Source?.Name ?? "");
        writer.WriteText(type.Target?.Name ?? "");
        writer.WriteByte((byte)(type.Key?.Value ?? 0));
        if (type.Key is { } key)
        {
            writer.WriteText(key.Name);
            writer.WriteText(key.Column);
        }

        writer.WriteByte((byte)((int)type.Deletion | ((int)type.Multiplicity << MultiplicityShift) | ((int)type.OnEndDeleted << EndShift)));
        writer.WriteVarint((ulong)type.Fields.Count);
        foreach (var field in type.Fields)
        {
            writer.WriteText(field.Name);
            writer.WriteText(field.Column);
            writer.WriteByte((byte)field.Kind);
            writer.WriteByte((byte)((field.Nullable ? NullableFlag : 0) | (field.IsUnique ? UniqueFlag : 0)));
            if (HasKey(field.Kind)) ValueSchemaCodec.Write(ref writer, field.Key!);
            ValueSchemaCodec.Write(ref writer, field.Value);
            if (field.Kind == FieldKind.BoundedCounter) writer.WriteZigZag(field.Min);
        }
    }

    private static EntityType ReadType(ref WireReader reader, Dictionary<string, EntityType> known)
    {
        var start = reader.Offset;
        var (name, table, lane) = (reader.ReadText(MaxName), reader.ReadText(MaxName), reader.ReadText(MaxName));
        var source = ReadEnd(ref reader, known);
        var target = ReadEnd(ref reader, known);
        var keyKind = (ValueKind)reader.ReadByte();
        var key = keyKind == 0 ? null : new KeySchema(reader.ReadText(MaxName), keyKind, reader.ReadText(MaxName));
        var rules = reader.ReadByte();
        var (deletion, multiplicity, ends) = ((Deletion)(rules & DeletionMask), (Multiplicity)((rules >> MultiplicityShift) & MultiplicityMask), (OnEndDeleted)(rules >> EndShift));
        if (!Enum.IsDefined(deletion)) throw reader.Malformed($"{deletion} is no rule for deletions");
        var fields = new FieldSchema[reader.ReadCount(bytesEach: 5)];
        for (var i = 0; i < fields.Length; i++) fields[i] = ReadField(ref reader);
        return Checked(start, () => new EntityType(name, table, lane, key, source, target, fields) { Deletion = deletion, Multiplicity = multiplicity, OnEndDeleted = ends });
    }

    private static FieldSchema ReadField(ref WireReader reader)
    {
        var (name, column) = (reader.ReadText(MaxName), reader.ReadText(MaxName));
        var (kind, flags) = ((FieldKind)reader.ReadByte(), reader.ReadByte());
        if (flags > (NullableFlag | UniqueFlag)) throw reader.Malformed("a field is nullable or not, and unique or not");
        var key = HasKey(kind) ? ValueSchemaCodec.Read(ref reader) : null;
        var value = ValueSchemaCodec.Read(ref reader);
        var min = kind == FieldKind.BoundedCounter ? reader.ReadZigZag() : 0;
        return new(name, kind, value, (flags & NullableFlag) != 0, column) { Key = key, Min = min, IsUnique = (flags & UniqueFlag) != 0 };
    }

    private static bool HasKey(FieldKind kind) => kind is FieldKind.Map or FieldKind.CounterMap;

    private static EntityType? ReadEnd(ref WireReader reader, Dictionary<string, EntityType> known)
    {
        var name = reader.ReadText(MaxName);
        if (name.Length == 0) return null;
        return known.GetValueOrDefault(name) ?? throw reader.Malformed($"a relationship connects the type '{name}', which is not listed before it");
    }

    private static T Checked<T>(int offset, Func<T> create)
    {
        try
        {
            return create();
        }
        catch (ArgumentException error)
        {
            throw new WireFormatException($"not a valid schema: {error.Message}", offset);
        }
    }
}
