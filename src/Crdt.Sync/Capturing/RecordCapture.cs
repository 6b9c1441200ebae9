using Crdt.Schema;

namespace Crdt.Sync.Capturing;

/// <summary>
/// Tells the members of a record that somebody has written from those that came along: a struct is written as a whole, and its columns show
/// times to the microsecond and without an offset. What reads the same there stays what it is in the truth.
/// </summary>
internal static class RecordCapture
{
    /// <summary>The value to commit.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="held">What the truth holds.</param>
    /// <param name="found">What the column says.</param>
    public static object? Merge(ValueSchema type, object? held, object? found) => (type.Kind, held, found) switch
    {
        (ValueKind.Optional, not null, not null) => Merge(type.Element!, held, found),
        (ValueKind.Record, IReadOnlyDictionary<string, object?> before, IReadOnlyDictionary<string, object?> after) =>
            type.Members.ToDictionary(member => member.Name, member => MergeMember(member.Value, before.GetValueOrDefault(member.Name), after.GetValueOrDefault(member.Name))),
        _ => found,
    };

    private static object? MergeMember(ValueSchema type, object? held, object? found) => (held, found) switch
    {
        (DateTimeOffset before, DateTimeOffset after) => IsSame(before.UtcTicks, after.UtcTicks) ? before : after,
        (DateTime before, DateTime after) => IsSame(before.Ticks, after.Ticks) ? before : after,
        (TimeSpan before, TimeSpan after) => IsSame(before.Ticks, after.Ticks) ? before : after,
        _ => Merge(type, held, found),
    };

    private static bool IsSame(long held, long found) => held / TimeSpan.TicksPerMicrosecond == found / TimeSpan.TicksPerMicrosecond;
}
