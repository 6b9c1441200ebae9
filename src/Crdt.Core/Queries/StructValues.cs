namespace Crdt.Queries;

/// <summary>The values of members in a STRUCT, or in an object in JSON.</summary>
internal sealed class StructValues(ResultShape shape, IReadOnlyDictionary<string, object?> fields) : IMemberValues
{
    public object? this[int member] => Find(ColumnOf(member));

    public string ColumnOf(int member) => shape.Members[member].Column;

    private object? Find(string name)
    {
        if (fields.TryGetValue(name, out var value)) return value;
        var alike = fields.Where(field => string.Equals(field.Key, name, StringComparison.OrdinalIgnoreCase)).ToArray();
        if (alike.Length == 1) return alike[0].Value;
        throw new InvalidCastException($"there is no such member, only {string.Join(", ", fields.Keys.Select(key => $"'{key}'"))}.");
    }
}
