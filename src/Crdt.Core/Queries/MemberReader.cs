using System.Globalization;

namespace Crdt.Queries;

/// <summary>Reads the members of one row, or of one STRUCT in it. Emitted code calls it.</summary>
public readonly ref struct MemberReader
{
    private const int MaxShownLength = 100;
    private const int MaxReasonLength = 200;

    private readonly ResultShape _shape;
    private readonly IMemberValues _values;

    internal MemberReader(ResultShape shape, IMemberValues values) => (_shape, _values) = (shape, values);

    /// <summary>Reads a member.</summary>
    /// <param name="member">Which one, in the order of the shape.</param>
    /// <param name="read">Makes the member's type of the value.</param>
    /// <exception cref="QueryResultException">The value doesn't fit.</exception>
    public T Read<T>(int member, Func<object?, T> read)
    {
        object? value = null;
        try
        {
            value = _values[member];
            return read(value);
        }
        catch (Exception error) when (error is FormatException or OverflowException or InvalidCastException or QueryResultException)
        {
            throw Misfit(member, value, error);
        }
    }

    private QueryResultException Misfit(int member, object? value, Exception error)
    {
        var (column, name) = (_values.ColumnOf(member), $"{_shape.Type}.{_shape.Members[member].Name}");
        var shown = error is QueryResultException || value is null ? "" : $", whose value is {Shown(value)},";
        // What .NET says of text that it can't parse may repeat all of it.
        var reason = error is FormatException ? Cut(error.Message, MaxReasonLength) : error.Message;
        return new($"The column '{column}'{shown} can't be read into '{name}': {reason}", error) { Column = column, Member = name };
    }

    private static string Shown(object value)
    {
        var text = value switch
        {
            string => $"'{value}'",
            byte[] bytes => $"{bytes.Length} bytes",
            Array items => $"a list of {items.Length}",
            IReadOnlyDictionary<string, object?> => "a STRUCT",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
        };
        return Cut(text, MaxShownLength);
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length] + "…";
}
