using Crdt.Kuzu.Binding;
using Crdt.Schema;

namespace Crdt.Kuzu.Adopting;

/// <summary>
/// What a UNION becomes: a record of which alternative it is and the value of that one. The engine gives the value without saying which
/// alternative it is of. Of a column it can be asked; within another value it has to be told by what is there.
/// </summary>
internal static class UnionForm
{
    private const string Remark = "a union becomes a record with the name of the alternative, and its value";

    /// <summary>The form of a union within another value; null where two alternatives look alike, or one has no form.</summary>
    public static ValueForm? Of(SourceType type)
    {
        var looks = type.Members.SelectMany(member => LooksOf(member.Type).Distinct()).ToList();
        if (looks.Contains(typeof(object)) || looks.Distinct().Count() < looks.Count) return null;
        return Make(type, value => type.Members.Select((_, i) => i).First(i => LooksOf(type.Members[i].Type).Contains(value.GetType())), value => value);
    }

    /// <summary>The form of a column that is a union, of whose values the engine is asked which alternative they are: a value comes with its tag.</summary>
    public static ValueForm? OfColumn(SourceType type)
    {
        var tags = type.Members.Select(member => member.Name).ToList();
        return Make(type, value => tags.FindIndex(name => name.Equals(((TaggedValue)value).Tag.Trim('`'), StringComparison.OrdinalIgnoreCase)), value => ((TaggedValue)value).Value);
    }

    private static ValueForm? Make(SourceType type, Func<object, int> alternativeOf, Func<object, object?> valueOf)
    {
        // Beside the tag, no alternative can be called so.
        var tagged = type with { Members = [new("Tag", new("STRING")), .. type.Members] };
        if (ValueForms.Members(tagged) is not { } members) return null;
        var schema = ValueSchema.Record([new(members[0].Name, ValueKind.Text), .. members.Skip(1).Select(member => new ValueMember(member.Name, member.Form.Part))]);
        return new(schema, Parts, [Remark, .. ValueForms.RemarksOf(tagged, members)]);

        object Parts(object value)
        {
            var chosen = members[alternativeOf(value) + 1];
            var parts = members.Skip(1).ToDictionary(member => member.Name, member => member.Name == chosen.Name ? member.Form.Of(valueOf(value)) : null);
            parts.Add(members[0].Name, chosen.Name);
            return parts;
        }
    }

    // What the binding may read a value as. A union in a union could be anything.
    private static IEnumerable<Type> LooksOf(SourceType type) => type.Name switch
    {
        "BOOL" => [typeof(bool)],
        "INT8" => [typeof(sbyte)],
        "INT16" => [typeof(short)],
        "INT32" => [typeof(int)],
        "INT64" or "SERIAL" => [typeof(long)],
        "UINT8" => [typeof(byte)],
        "UINT16" => [typeof(ushort)],
        "UINT32" => [typeof(uint)],
        "UINT64" => [typeof(ulong)],
        "INT128" => [typeof(Int128)],
        "FLOAT" => [typeof(float)],
        "DOUBLE" => [typeof(double)],
        "STRING" => [typeof(string)],
        "BLOB" => [typeof(byte[])],
        "UUID" => [typeof(Guid)],
        "DATE" => [typeof(DateOnly)],
        "TIMESTAMP" or "TIMESTAMP_MS" or "TIMESTAMP_SEC" => [typeof(DateTime)],
        "TIMESTAMP_TZ" => [typeof(DateTimeOffset)],
        "TIMESTAMP_NS" => [typeof(KuzuNanoseconds)],
        "INTERVAL" => [typeof(KuzuInterval)],
        SourceType.Decimal => [typeof(decimal), typeof(string)],
        SourceType.List => [typeof(object[])],
        SourceType.Struct => [typeof(Dictionary<string, object?>)],
        SourceType.Map => [typeof(KeyValuePair<object, object?>[])],
        _ => [typeof(object)],
    };
}
