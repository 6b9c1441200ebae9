using Crdt.Clocks;
using Crdt.Codec;

namespace Crdt.Storage;

/// <summary>One of the identities that a store has written under, one after another.</summary>
/// <param name="Replica">The id of the commits that were made in it. It is never used again once another has begun.</param>
/// <param name="Began">When it began, by the clock of the machine; null where nobody wrote that down.</param>
/// <param name="Reason">Why it began.</param>
/// <param name="Revision">The number of the last commit before it began; 0 for the first one.</param>
public sealed record Incarnation(ReplicaId Replica, DateTimeOffset? Began, IncarnationReason Reason, long Revision)
{
    /// <summary>The milliseconds from 1970 to the end of the year 9999.</summary>
    private const ulong MaxTime = 253_402_300_799_999;

    /// <summary>Reads incarnations to the last byte, as <see cref="Write"/> wrote them one behind the other.</summary>
    /// <exception cref="WireFormatException">They can't be read.</exception>
    public static IReadOnlyList<Incarnation> ReadAll(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        var incarnations = new List<Incarnation>();
        while (reader.Remaining > 0)
        {
            var replica = reader.ReadReplica();
            var (began, reason, revision) = (reader.ReadVarint(), reader.ReadVarint(), reader.ReadVarint());
            if (began > MaxTime || reason > byte.MaxValue || revision > long.MaxValue) throw reader.Malformed("an incarnation of the store can't be read");
            incarnations.Add(new(replica, began == 0 ? null : DateTimeOffset.UnixEpoch.AddMilliseconds(began), (IncarnationReason)reason, (long)revision));
        }

        return incarnations;
    }

    /// <summary>Appends it in the form in which stores keep it.</summary>
    public void Write(ref WireWriter writer)
    {
        writer.WriteReplica(Replica);
        // A wall clock before 1970 must not make the store unreadable.
        writer.WriteVarint((ulong)Math.Max(0, Began?.ToUnixTimeMilliseconds() ?? 0));
        writer.WriteVarint((ulong)Reason);
        writer.WriteVarint((ulong)Revision);
    }
}
