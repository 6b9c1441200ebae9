using Crdt.Kuzu.Binding;

namespace Crdt.Kuzu.Projecting;

/// <summary>Gives a query's parameter its value.</summary>
internal static class QueryParameter
{
    /// <summary>Binds a value of any type that a parameter can have.</summary>
    /// <exception cref="ArgumentException">It is of another type; the message lists those that work.</exception>
    public static void Bind(KuzuStatement statement, string name, object? value)
    {
        _ = value switch
        {
            null => statement.BindNull(name, KuzuColumnType.String),
            bool typed => statement.Bind(name, typed),
            sbyte typed => statement.Bind(name, typed),
            short typed => statement.Bind(name, typed),
            int typed => statement.Bind(name, typed),
            long typed => statement.Bind(name, typed),
            byte typed => statement.Bind(name, typed),
            ushort typed => statement.Bind(name, typed),
            uint typed => statement.Bind(name, typed),
            ulong typed => statement.Bind(name, typed),
            Int128 typed => statement.Bind(name, typed),
            float typed => statement.Bind(name, typed),
            double typed => statement.Bind(name, typed),
            decimal typed => statement.Bind(name, typed),
            string typed => statement.Bind(name, typed),
            Guid typed => statement.Bind(name, typed),
            DateOnly typed => statement.Bind(name, typed),
            DateTime typed => statement.Bind(name, typed),
            DateTimeOffset typed => statement.Bind(name, typed),
            TimeSpan typed => statement.Bind(name, Cell.Interval(typed)),
            byte[] typed => statement.BindBlob(name, typed),
            IEnumerable<long> typed => BindList(statement, name, KuzuColumnType.Int64, typed, static (rows, item) => rows.Int64(item)),
            IEnumerable<string> typed => BindList(statement, name, KuzuColumnType.String, typed, static (rows, item) => rows.String(item)),
            _ => throw new ArgumentException(
                $"The parameter '{name}' is a {value.GetType()}; a parameter can be a number, a bool, text, bytes, a Guid, a date, a time or a span of it, or a sequence of long or string.", name),
        };
    }

    private static KuzuStatement BindList<T>(KuzuStatement statement, string name, KuzuColumnType type, IEnumerable<T> items, Func<KuzuRows, T, KuzuRows> append)
    {
        using var rows = KuzuRows.OfValues(type);
        foreach (var item in items) append(rows.Append(), item);
        return statement.Bind(name, rows);
    }
}
