using Crdt.Codec;
using Crdt.Schema;
using Crdt.Types.Registers;
using static Crdt.Tests.Properties.Subjects.FieldFactory;

namespace Crdt.Tests.Properties.Subjects;

/// <summary>Every CRDT type alone, over values that tell codecs apart, and entities of all kinds together.</summary>
internal static class SubjectList
{
    private static readonly Dictionary<string, Func<string, Subject>> OfRegisters = new()
    {
        ["register of long"] = name => BareSubject.Of(name, Register<long, Int64Codec>("Number", initial: -7)),
        ["register of long?"] = name => BareSubject.Of(name, Register<long?, NullableCodec<long, Int64Codec>>("Maybe", nullable: true)),
        ["register of string"] = name => BareSubject.Of(name, Register<string, TextCodec>("Name", initial: "")),
        ["register of string?"] = name => BareSubject.Of(name, Register<string, TextCodec>("Note", nullable: true)),
        ["register of double"] = name => BareSubject.Of(name, Register<double, DoubleCodec>("Weight")),
        ["register of decimal"] = name => BareSubject.Of(name, Register<decimal, DecimalCodec>("Price")),
        ["register of byte[]"] = name => BareSubject.Of(name, Register<byte[], BytesCodec>("Photo", initial: [])),
        ["register of DateTimeOffset?"] = name => BareSubject.Of(name, Register<DateTimeOffset?, NullableCodec<DateTimeOffset, DateTimeOffsetCodec>>("Due", nullable: true)),
        ["register of enum"] = name => BareSubject.Of(name, Weekday("Day")),
        ["register of list"] = name => BareSubject.Of(name, NameList("Names")),
        ["register, first write wins"] = name => BareSubject.Of(name, Register<long, Int64Codec>("Number", rule: ResolutionRule<long, Int64Codec>.FirstWriteWins)),
        ["register, online wins"] = name => BareSubject.Of(name, Register<long, Int64Codec>("Number", rule: ResolutionRule<long, Int64Codec>.OnlineWins)),
        ["register, max wins"] = name => BareSubject.Of(name, Register<double, DoubleCodec>("Number", rule: ResolutionRule<double, DoubleCodec>.Max)),
        ["register, min wins"] = name => BareSubject.Of(name, Register<decimal, DecimalCodec>("Number", rule: ResolutionRule<decimal, DecimalCodec>.Min)),
        ["multi-value register"] = name => BareSubject.Of(name, MultiValue<string, TextCodec>("Phone")),
        ["max register"] = name => BareSubject.Of(name, Max<decimal, DecimalCodec>("Best")),
        ["min register"] = name => BareSubject.Of(name, Min<string, TextCodec>("First", "")),
    };

    private static readonly Dictionary<string, Func<string, Subject>> OfCollections = new()
    {
        ["counter"] = name => BareSubject.Of(name, FieldFactory.Counter("Stock")),
        ["grow-only counter"] = name => BareSubject.Of(name, GrowOnly("Views")),
        ["bounded counter"] = name => BareSubject.Of(name, Bounded("Seats")),
        ["bounded counter from 5"] = name => BareSubject.Of(name, Bounded("Seats", 5)),
        ["enable-wins flag"] = name => BareSubject.Of(name, EnableWins("Active")),
        ["disable-wins flag"] = name => BareSubject.Of(name, DisableWins("Visible")),
        ["set of string"] = name => BareSubject.Of(name, Set<string, TextCodec>("Tags")),
        ["set of long"] = name => BareSubject.Of(name, Set<long, Int64Codec>("Codes")),
        ["set of double"] = name => BareSubject.Of(name, Set<double, DoubleCodec>("Sizes")),
        ["set of byte[]"] = name => BareSubject.Of(name, Set<byte[], BytesCodec>("Hashes")),
        ["map of string"] = name => BareSubject.Of(name, Map<string, TextCodec, string, TextCodec>("Labels", nullable: true)),
        ["map of double"] = name => BareSubject.Of(name, Map<double, DoubleCodec, long, Int64Codec>("Levels")),
        ["map of counters"] = name => BareSubject.Of(name, CounterMap<string, TextCodec>("Votes")),
        ["ordered list"] = name => BareSubject.Of(name, List<string, TextCodec>("Steps")),
    };

    private static readonly Dictionary<string, Func<string, Subject>> OfEntities = new()
    {
        ["liveness"] = name => BareSubject.Of(name),
        ["liveness, updates win"] = name => BareSubject.Of(name, Deletion.UpdateWins),
        ["entity of all kinds"] = name => BareSubject.Of(name, Everything),
        ["entity of all kinds, updates win"] = name => BareSubject.Of(name, Deletion.UpdateWins, Everything),
    };

    private static readonly Dictionary<string, Func<string, Subject>> OfClasses = new()
    {
        ["generated Product"] = _ => Subject.Of<Product>(),
        ["generated Replaces"] = _ => Subject.Of<Replaces>(),
        ["generated Shelf"] = _ => Subject.Of<Shelf>(),
        ["generated Poll"] = _ => Subject.Of<Poll>(),
        ["generated Recipe"] = _ => Subject.Of<Recipe>(),
        ["generated Playlist"] = _ => Subject.Of<Playlist>(),
        ["generated Profile"] = _ => Subject.Of<Profile>(),
        ["generated Sensor"] = _ => Subject.Of<Sensor>(),
        ["generated Contact"] = _ => Subject.Of<Contact>(),
        ["generated Ruled"] = _ => Subject.Of<Ruled>(),
        ["generated Holds"] = _ => Subject.Of<Holds>(),
        ["generated Follows"] = _ => Subject.Of<Follows>(),
    };

    private static FieldFactory[] Everything =>
    [
        Register<long, Int64Codec>("Number", initial: -7), Register<string, TextCodec>("Note", nullable: true), FieldFactory.Counter("Stock"), Set<string, TextCodec>("Tags"),
        FieldFactory.Counter("Likes"), Register<long?, NullableCodec<long, Int64Codec>>("Maybe", nullable: true), Set<double, DoubleCodec>("Sizes"),
        MultiValue<string, TextCodec>("Phone"), Max<long, Int64Codec>("Best"), Min<string, TextCodec>("First", ""), GrowOnly("Views"), Bounded("Seats", -3), EnableWins("Active"), DisableWins("Visible"),
        Map<string, TextCodec, string, TextCodec>("Labels", nullable: true), CounterMap<string, TextCodec>("Votes"), List<string, TextCodec>("Steps"), Weekday("Day"), NameList("Names"),
    ];

    /// <summary>Registers of every type of value and with every rule.</summary>
    public static TheoryData<string> Registers => [.. OfRegisters.Keys];

    /// <summary>Counters, flags, sets, maps and lists.</summary>
    public static TheoryData<string> Collections => [.. OfCollections.Keys];

    /// <summary>Entities of no field and of all.</summary>
    public static TheoryData<string> Entities => [.. OfEntities.Keys];

    /// <summary>Classes that the source generator completed.</summary>
    public static TheoryData<string> Classes => [.. OfClasses.Keys];

    public static Subject Of(string name)
    {
        Dictionary<string, Func<string, Subject>>[] all = [OfRegisters, OfCollections, OfEntities, OfClasses];
        return all.First(subjects => subjects.ContainsKey(name))[name](name);
    }

    private static FieldFactory Weekday(string name) => Register<DayOfWeek, EnumCodec<DayOfWeek, int, Int32Codec>>(
        name, type: ValueSchema.Enum(ValueKind.Int32, Enum.GetValues<DayOfWeek>().Select(day => new EnumName((long)day, $"{day}"))));

    private static FieldFactory NameList(string name) =>
        Register<IReadOnlyList<string?>, ListCodec<string?, OptionalReferenceCodec<string, TextCodec>>>(name, initial: [], type: ValueSchema.List(ValueSchema.Optional(ValueKind.Text)));
}
