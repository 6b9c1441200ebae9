using Crdt.Kuzu.Binding;

namespace Crdt.Tests.Kuzu.Queries;

/// <summary>Types that rows are read into.</summary>
internal static partial class Rows
{
    public enum Size : byte
    {
        Small,
        Large,
    }

    [QueryResult]
    public sealed partial record Integers(sbyte I8, short I16, int I32, long I64, byte U8, ushort U16, uint U32, ulong U64, Int128 I128);

    [QueryResult]
    public sealed partial record Fractions(float F, double D, decimal M);

    [QueryResult]
    public sealed partial record Moments(DateOnly Date, TimeOnly Time, DateTime Stamp, DateTimeOffset Zoned, TimeSpan Span);

    [QueryResult]
    public sealed partial record Others(bool Flag, string Text, byte[] Bytes, Guid Id, Size Size, object Any);

    [QueryResult]
    public sealed partial record Nullables(
        int? Number, decimal? Money, bool? Flag, string? Text, byte[]? Bytes, Guid? Id, DateOnly? Date, Size? Size, object? Any,
        List<int>? Items, Dictionary<string, int>? Entries, Address? Home);

    [QueryResult]
    public sealed partial record Many(
        IReadOnlyList<int> List, string?[] Array, HashSet<DateOnly> Set, IReadOnlyDictionary<int, decimal> Map, List<List<long>> Nested, List<Address> Addresses);

    [QueryResult]
    public sealed partial record Address(string Street, int? Number, Address? Next);

    [QueryResult]
    public readonly partial record struct Street(string Name);

    [QueryResult]
    public sealed partial record Visit(Street Street, Person Who, Knows? How);

    [QueryResult]
    public sealed partial record Person(long Id, string? Name);

    [QueryResult]
    public sealed partial record Knows(int Since);

    [QueryResult]
    public sealed partial record Raw(KuzuNode Node, KuzuRel Rel, KuzuInterval? Interval, object? Other);

    [QueryResult]
    public partial class Settable(long id)
    {
        public long Id => id;

        [Column("p.Name")]
        public string? Called { get; set; }

        public required int Age { get; init; }
    }

    [QueryResult]
    public partial record struct Keyed(long Id);

    [QueryResult]
    public partial record struct Anything(object?[] X);

    [QueryResult]
    public partial record struct Byte(byte X);

    [QueryResult]
    public partial record struct Long(long X);

    [QueryResult]
    public partial record struct ULong(ulong X);

    [QueryResult]
    public partial record struct Float(float X);

    [QueryResult]
    public partial record struct Double(double X);

    [QueryResult]
    public partial record struct Decimal(decimal X);

    [QueryResult]
    public partial record struct Sized(Size X);

    [QueryResult]
    public partial record struct Text(string X);

    [QueryResult]
    public partial record struct Id(Guid X);

    [QueryResult]
    public partial record struct Stamp(DateTime X);

    [QueryResult]
    public partial record struct Span(TimeSpan X);

    [QueryResult]
    public partial record struct Ints(int[] X);

    [QueryResult]
    public partial record struct Home(Address X);
}
