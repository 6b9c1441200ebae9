using System.Collections;
using System.Globalization;
using Crdt.Clocks;
using Crdt.Kernel;
using Crdt.Tests.Vectors.Catalog;

namespace Crdt.Tests.Vectors.Reading;

/// <summary>Values in words that tell any two of them apart.</summary>
internal static class Words
{
    public static string Of(object? value) => value switch
    {
        null => "null",
        string text => $"\"{string.Concat(text.Select(Character))}\"",
        byte[] bytes => $"0x{Convert.ToHexStringLower(bytes)}",
        bool flag => flag ? "true" : "false",
        float number => number.ToString("R", CultureInfo.InvariantCulture),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss.fffffff", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-ddTHH:mm:ss.fffffffK", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("yyyy-MM-ddTHH:mm:ss.fffffffzzz", CultureInfo.InvariantCulture),
        TimeSpan duration => string.Create(CultureInfo.InvariantCulture, $"{duration.Ticks} ticks"),
        Address address => $"({Of(address.Street)}, {Of(address.House)}, {Of(address.Code)})",
        IEnumerable items => $"[{string.Join(", ", items.Cast<object?>().Select(Of))}]",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new NotSupportedException($"There are no words for a {value.GetType()}."),
    };

    /// <summary>Writes as <c>A:1-3 B:2</c>.</summary>
    public static string Of(CausalContext context)
    {
        var ranges = context.Ranges.ToArray().Select(range => range.First == range.Last ? Of(new Dot(range.Replica, range.First)) : $"{Of(new Dot(range.Replica, range.First))}-{range.Last}");
        return context.IsEmpty ? "nothing" : string.Join(' ', ranges);
    }

    public static string Of(ReplicaId replica) => Stage.NameOf(replica);

    public static string Of(Dot dot) => $"{Stage.NameOf(dot.Replica)}:{dot.Counter}";

    private static string Character(char value) => value is >= ' ' and <= '~' and not '"' ? $"{value}" : $"\\u{(int)value:x4}";
}
