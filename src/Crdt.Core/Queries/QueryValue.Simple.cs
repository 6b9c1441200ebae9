using System.Globalization;
using System.Text.Json;

namespace Crdt.Queries;

public static partial class QueryValue
{
    /// <summary>A truth value, also of <c>true</c> and <c>false</c> as text.</summary>
    public static bool Boolean(object? value) => Required(value) switch
    {
        bool truth => truth,
        string text => bool.Parse(text),
        var other => throw Misfit<bool>(other),
    };

    /// <summary>Text, also that of a DECIMAL or a UUID.</summary>
    public static string Text(object? value) => Required(value) switch
    {
        string text => text,
        decimal number => number.ToString(CultureInfo.InvariantCulture),
        Guid id => id.ToString(),
        var other => throw Misfit<string>(other),
    };

    /// <summary>Bytes, also in Base64 as text.</summary>
    public static byte[] Bytes(object? value) => Required(value) switch
    {
        byte[] bytes => bytes,
        string text => Convert.FromBase64String(text),
        var other => throw Misfit<byte[]>(other),
    };

    /// <summary>A UUID, also as text.</summary>
    public static Guid Guid(object? value) => Required(value) switch
    {
        Guid id => id,
        string text => System.Guid.Parse(text),
        var other => throw Misfit<Guid>(other),
    };

    /// <summary>A date, also as text in ISO 8601.</summary>
    public static DateOnly Date(object? value) => Required(value) switch
    {
        DateOnly date => date,
        string text => DateOnly.ParseExact(text, "O", CultureInfo.InvariantCulture),
        var other => throw Misfit<DateOnly>(other),
    };

    /// <summary>A time of day, as text.</summary>
    public static TimeOnly Time(object? value) => Required(value) switch
    {
        TimeOnly time => time,
        string text => TimeOnly.Parse(text, CultureInfo.InvariantCulture),
        var other => throw Misfit<TimeOnly>(other),
    };

    /// <summary>A point in time in UTC of any TIMESTAMP, or as text in ISO 8601.</summary>
    public static DateTime DateTime(object? value) => Required(value) switch
    {
        DateTime time => time,
        DateTimeOffset moment => moment.UtcDateTime,
        string text => System.DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
        var other => throw Misfit<DateTime>(other),
    };

    /// <summary>A point in time, in UTC where it is of a TIMESTAMP; of text in ISO 8601 with its offset.</summary>
    public static DateTimeOffset DateTimeOffset(object? value) => Required(value) switch
    {
        DateTimeOffset moment => moment,
        DateTime { Kind: DateTimeKind.Utc } time => new(time),
        string text => System.DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
        var other => throw Misfit<DateTimeOffset>(other),
    };

    /// <summary>A duration of an INTERVAL without months, or as text such as <c>1.02:03:04</c>.</summary>
    public static TimeSpan Duration(object? value) => Required(value) switch
    {
        TimeSpan duration => duration,
        string text => TimeSpan.ParseExact(text, "c", CultureInfo.InvariantCulture),
        var other => throw Misfit<TimeSpan>(other),
    };

    /// <summary>An enum of the name of one of its values, or of a number, which need not have a name.</summary>
    /// <exception cref="FormatException">It has no value of this name, or its numbers don't reach that far.</exception>
    public static T Enum<T>(object? value)
        where T : struct, Enum
    {
        var text = Required(value) switch
        {
            string name => name,
            long or int or short or sbyte or ulong or uint or ushort or byte or JsonElement { ValueKind: JsonValueKind.Number } => Invariant(value),
            var other => throw Misfit<T>(other),
        };
        return System.Enum.TryParse<T>(text, out var known) ? known : throw new FormatException($"{typeof(T).Name} has no such value.");
    }

    private static string Invariant(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
