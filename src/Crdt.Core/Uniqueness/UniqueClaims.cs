using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Schema;
using Crdt.Storage;
using Crdt.Types.Registers;

namespace Crdt.Uniqueness;

/// <summary>Reads from an entity's row which values of unique fields it has, without a class.</summary>
internal static class UniqueClaims
{
    private const int ValueAt = sizeof(ulong) + 1;

    /// <summary>
    /// Whether a field can be declared unique: a register that reads as its last write, so that the state alone tells its value, of a type whose equal values have the same bytes, which is
    /// what claims go by.
    /// </summary>
    public static bool CanBeUnique(FieldSchema field) => field is { Kind: FieldKind.Register, Rule: null } && field.Value.Kind is ValueKind.Int8 or ValueKind.Int16 or ValueKind.Int32
        or ValueKind.Int64 or ValueKind.UInt8 or ValueKind.UInt16 or ValueKind.UInt32 or ValueKind.UInt64 or ValueKind.Int128 or ValueKind.Text or ValueKind.Bytes or ValueKind.Guid
        or ValueKind.Date or ValueKind.Time or ValueKind.DateTime or ValueKind.Duration or ValueKind.Enum;

    /// <summary>What an entity has of unique values; nothing where it isn't alive. O(1) for types without unique fields, O(bytes) for others.</summary>
    /// <exception cref="WireFormatException">The row is malformed.</exception>
    public static IReadOnlyList<ClaimedValue> Of(EntityType? type, ReadOnlySpan<byte> row)
    {
        if (type is not { UniqueFields.Count: > 0 } || !EncodedEntity.IsAlive(row)) return [];
        var claims = new List<ClaimedValue>(type.UniqueFields.Count);
        var fields = new StateReader(row);
        while (fields.MoveNext())
        {
            if (fields.Kind != FieldKind.Register || type.FindField(fields.FieldId) is not { IsUnique: true } field) continue;
            if (Read(type, field, new(fields.Store(), fields.Table, hasPayload: true)) is { } claim) claims.Add(claim);
        }

        return claims;
    }

    /// <summary>The claims alone.</summary>
    /// <inheritdoc cref="Of"/>
    public static IReadOnlyList<UniqueClaim> ClaimsOf(EntityType? type, ReadOnlySpan<byte> row) => type is { UniqueFields.Count: > 0 } ? [.. Of(type, row).Select(claimed => claimed.Claim)] : [];

    /// <summary>The last write, unless it wrote nothing. What is too short to be a write, as only a peer in error sends it, claims nothing.</summary>
    private static ClaimedValue? Read(EntityType type, FieldSchema field, DotReader writes)
    {
        var (stamp, dot) = (default(Stamp), default(Dot));
        ReadOnlySpan<byte> last = default;
        while (writes.MoveNext())
        {
            if (writes.Payload.Length < ValueAt) continue;
            var at = new Stamp(writes.PayloadReader().ReadUInt64());
            if (!last.IsEmpty && (at, writes.Current).CompareTo((stamp, dot)) < 0) continue;
            (stamp, dot) = (at, writes.Current);
            last = writes.Payload;
        }

        if (last.IsEmpty || (last[ValueAt - 1] & RegisterFlags.Absent) != 0) return null;
        var value = last[ValueAt..];
        return new(field, UniqueClaim.Of(type.Id, field.Id, value), value.ToArray(), stamp, dot);
    }
}
