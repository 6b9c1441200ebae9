using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Crdt.Sqlite.Leases;

/// <summary>What the file beside a store says: one line that people can read, of a length that never changes.</summary>
/// <param name="Opened">The half that the store holds too.</param>
/// <param name="IsClosed">Whether the store was closed afterwards.</param>
/// <param name="Revision">The last commit of the store; while it is open, one that was made lately.</param>
/// <param name="Self">The identity of the file that this was written to.</param>
/// <param name="Store">The identity of the store's file.</param>
/// <param name="Written">When this was written, by the clock of the file system; null where that isn't the machine's.</param>
internal sealed record Lease(StoreLease Opened, bool IsClosed, long Revision, UInt128 Self, UInt128 Store, DateTimeOffset? Written)
{
    private const string Title = "crdt-lease-1", Open = "open--", Closed = "closed";

    /// <summary>Longer than any lease.</summary>
    public const int MaxSize = 512;

    /// <summary>Writes it as a line, with a sum at the end, into <see cref="MaxSize"/> bytes or more. Gives how many it took.</summary>
    public int Format(Span<byte> line)
    {
        Utf8.TryWrite(
            line,
            CultureInfo.InvariantCulture,
            $"{Title} {Opened.Place:x32} {Opened.Opening:x16} {(IsClosed ? Closed : Open)} {Revision:x16} {Self:x32} {Store:x32} {Written?.ToUnixTimeMilliseconds() ?? 0:x16}",
            out var size);
        Utf8.TryWrite(line[size..], CultureInfo.InvariantCulture, $" {KeyHash.Of(line[..size]):x16}\n", out var sum);
        return size + sum;
    }

    /// <summary>Reads what <see cref="Format"/> wrote; null where anything is amiss.</summary>
    public static Lease? Parse(ReadOnlySpan<byte> bytes)
    {
        var parts = Encoding.ASCII.GetString(bytes).Split(' ');
        if (parts is not [Title, var place, var opening, Open or Closed, var revision, var self, var store, var written, _]) return null;
        if (!Number(place, out var placed) || !Number(self, out var itself) || !Number(store, out var stored)) return null;
        if (!Number(opening, out var opened) || !Number(revision, out var last) || !Number(written, out var moment)) return null;
        if (opened > long.MaxValue || last > long.MaxValue || moment > int.MaxValue * 1000ul) return null;
        var lease = new Lease(
            new(placed, (long)opened), parts[3] == Closed, (long)last, itself, stored, moment == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds((long)moment));
        // That covers the sum, and whatever else could be written in two ways.
        Span<byte> line = stackalloc byte[MaxSize];
        return line[..lease.Format(line)].SequenceEqual(bytes) ? lease : null;
    }

    private static bool Number(string text, out UInt128 number) => UInt128.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number);
}
