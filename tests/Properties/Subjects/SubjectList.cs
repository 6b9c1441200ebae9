using Crdt.Codec;

namespace Crdt.Tests.Properties.Subjects;

/// <summary>Every CRDT type alone, over values that tell codecs apart, and entities of all kinds together.</summary>
internal static class SubjectList
{
    private static readonly Dictionary<string, Func<Subject>> Known = new()
    {
        ["liveness"] = () => new BareSubject("liveness"),
        ["register of long"] = () => new BareSubject("register of long", Long("Number")),
        ["register of long?"] = () => new BareSubject("register of long?", MaybeLong("Maybe")),
        ["register of string"] = () => new BareSubject("register of string", Text("Name")),
        ["register of string?"] = () => new BareSubject("register of string?", MaybeText("Note")),
        ["register of double"] = () => new BareSubject("register of double", Double("Weight")),
        ["register of decimal"] = () => new BareSubject("register of decimal", Decimal("Price")),
        ["register of byte[]"] = () => new BareSubject("register of byte[]", Bytes("Photo")),
        ["register of DateTimeOffset?"] = () => new BareSubject("register of DateTimeOffset?", MaybeMoment("Due")),
        ["counter"] = () => new BareSubject("counter", new CounterSubject("Stock")),
        ["set of string"] = () => new BareSubject("set of string", TextSet("Tags")),
        ["set of long"] = () => new BareSubject("set of long", LongSet("Codes")),
        ["set of double"] = () => new BareSubject("set of double", DoubleSet("Sizes")),
        ["set of byte[]"] = () => new BareSubject("set of byte[]", BytesSet("Hashes")),
        ["entity of all kinds"] = () => new BareSubject(
            "entity of all kinds", Long("Number"), MaybeText("Note"), new CounterSubject("Stock"), TextSet("Tags"), new CounterSubject("Likes"), MaybeLong("Maybe"), DoubleSet("Sizes")),
    };

    private static readonly Dictionary<string, Func<Subject>> Generated = new()
    {
        ["generated Product"] = ProductSubject.New,
        ["generated Replaces"] = ReplacesSubject.New,
    };

    public static TheoryData<string> Names => [.. Known.Keys, .. Generated.Keys];

    public static Subject Of(string name) => (Known.GetValueOrDefault(name) ?? Generated[name])();

    private static RegisterSubject<long, Int64Codec> Long(string name) => new(name, false, -7, [0, 1, -1, long.MaxValue, long.MinValue]);

    private static RegisterSubject<long?, NullableCodec<long, Int64Codec>> MaybeLong(string name) => new(name, true, null, [null, 0, 1, long.MinValue]);

    private static RegisterSubject<string, TextCodec> Text(string name) => new(name, false, "", ["", "a", "é", "e\u0301", "\U0001F600"]);

    private static RegisterSubject<string, TextCodec> MaybeText(string name) => new(name, true, null!, [null!, "", "a", "b"]);

    private static RegisterSubject<double, DoubleCodec> Double(string name) => new(name, false, 0, [double.NaN, 0.0, -0.0, double.Epsilon, 1.5]);

    private static RegisterSubject<decimal, DecimalCodec> Decimal(string name) => new(name, false, 0, [1.0m, 1.00m, 0m, -0.0m, decimal.MaxValue]);

    private static RegisterSubject<byte[], BytesCodec> Bytes(string name) => new(name, false, [], [[], [0], [0, 0], [255]]);

    private static RegisterSubject<DateTimeOffset?, NullableCodec<DateTimeOffset, DateTimeOffsetCodec>> MaybeMoment(string name) => new(
        name, true, null, [null, DateTimeOffset.MinValue, new(2024, 2, 29, 12, 0, 0, TimeSpan.Zero), new(2024, 2, 29, 14, 0, 0, TimeSpan.FromHours(2))]);

    private static SetSubject<string, TextCodec> TextSet(string name) => new(name, ["", "a", "é", "e\u0301"]);

    private static SetSubject<long, Int64Codec> LongSet(string name) => new(name, [0, -1, long.MinValue]);

    private static SetSubject<double, DoubleCodec> DoubleSet(string name) => new(name, [0.0, -0.0, double.NaN]);

    private static SetSubject<byte[], BytesCodec> BytesSet(string name) => new(name, [[], [0], [0, 0]]);
}
