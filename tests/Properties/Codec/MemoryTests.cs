using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Kernel;
using Crdt.Schema;
using Crdt.Tests.Properties.Subjects;

namespace Crdt.Tests.Properties.Codec;

/// <summary>
/// How many bytes decoders take for each byte of the inputs that are worst for them, garbage included; docs/wire-format.md lists
/// these figures. What engines do with bytes from elsewhere comes first; objects for users, which have to be objects, last.
/// </summary>
[Collection(nameof(ExhaustionTests))]
public sealed class MemoryTests
{
    private const int Replicas = 120;

    private static readonly byte[] Register = [0, 0, 0, 0, 0, 0, 0, 1, 0, 0];
    private static readonly byte[][] States =
    [
        Crowd.Ranges(Replicas), Crowd.Creations(Replicas), Crowd.Writes(Replicas, 7, FieldKind.EnableWins, []), Crowd.Keys(7, FieldKind.Set, Crowd.Texts, null),
        Crowd.Keys(7, FieldKind.CounterMap, Crowd.Texts, [0, 0]), Crowd.Fields(9_000, FieldKind.EnableWins, [0, 1, 0]), Crowd.Fields(9_000, FieldKind.Set, [0, 2, 0, 1]),
    ];

    public static TheoryData<int> Encoded => [.. Enumerable.Range(0, States.Length)];

    [Theory]
    [MemberData(nameof(Encoded))]
    public void What_stays_encoded_takes_its_context_and_little_more(int index)
    {
        var state = States[index];
        var hasContextOnly = index == 0;
        Within<StateSummary>(0, state.Length, () => EncodedEntity.Inspect(state));
        Within(0, state.Length, () => EncodedEntity.Validate(state));
        Within<CausalContext>(hasContextOnly ? 10 : 1, state.Length, () => EncodedEntity.ContextOf(state));
        Within(hasContextOnly ? 10 : 1, state.Length, () => EncodedEntity.ValidateStandalone(state));
        Within(hasContextOnly ? 21 : 1, 2 * state.Length, () => EncodedEntity.Join(state, state));
        Within(1, 2 * state.Length, () => EncodedEntity.Join(state, new VersionVector(), state, new VersionVector()));
        Within(12, state.Length, () =>
        {
            var dots = new CausalContext();
            EncodedEntity.CollectDots(state, dots);
            return dots;
        });
    }

    [Fact]
    public void Vectors_and_identities_take_twice_their_length()
    {
        var vector = new VersionVector();
        for (var i = 0; i < 10_000; i++) vector.Advance(new((UInt128)i), 1);
        var writer = new WireWriter(64);
        vector.Write(ref writer);
        var bytes = writer.Finish();
        Within(2, bytes.Length, () =>
        {
            var reader = new WireReader(bytes);
            return VersionVector.Read(ref reader);
        });
        var id = SubjectList.Of("liveness").Id.Bytes.ToArray();
        byte[] longest = [.. id, .. new byte[WireLimits.Identity - id.Length]];
        Within(2, longest.Length, () => Entities.EntityId.Read(longest));
    }

    [Theory]
    [InlineData("register of long", 5)]
    [InlineData("counter", 8)]
    [InlineData("grow-only counter", 10)]
    [InlineData("bounded counter", 10)]
    [InlineData("enable-wins flag", 11)]
    public void Objects_of_writes_take_a_small_multiple(string subject, int times)
    {
        var field = SubjectList.Of(subject).Fields[0];
        byte[] payload = field.Kind switch
        {
            FieldKind.Register => Register,
            FieldKind.Counter or FieldKind.BoundedCounter => [0, 0],
            FieldKind.GrowOnlyCounter => [0],
            _ => [],
        };
        Decode(times, subject, Crowd.Writes(Replicas, field.Id, field.Kind, payload));
    }

    [Theory]
    [InlineData("set of long", 16)]
    [InlineData("set of string", 22)]
    [InlineData("set of byte[]", 22)]
    [InlineData("map of counters", 16)]
    public void Objects_of_keys_take_a_larger_one(string subject, int times)
    {
        var field = SubjectList.Of(subject).Fields[0];
        Decode(times, subject, Crowd.Keys(field.Id, field.Kind, field.Value.Kind == ValueKind.Int64 && field.Key is null ? Crowd.Numbers : Crowd.Texts, field.Kind == FieldKind.Set ? null : [0, 0]));
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(1, 16)]
    [InlineData(2, 11)]
    [InlineData(3, 22)]
    [InlineData(4, 17)]
    [InlineData(5, 15)]
    [InlineData(6, 38)]
    public void Objects_of_what_is_unknown_take_no_more_than_those_of_what_is_known(int index, int times) => Decode(times, "liveness", States[index]);

    [Fact]
    public void Lists_that_are_values_take_what_their_items_do()
    {
        var absent = new byte[65_000];
        byte[] lists = [.. Enumerable.Range(0, 30_000).SelectMany(i => new byte[] { 1, 0 })];
        Value<string?, OptionalReferenceCodec<string, TextCodec>>(8, absent);
        Value<IReadOnlyList<string>, ListCodec<string, TextCodec>>(8, absent);
        Value<decimal?, OptionalCodec<decimal, DecimalCodec>>(24, absent);
        Value<IReadOnlyList<string>, ListCodec<string, TextCodec>>(32, lists);
    }

    private static void Decode(int times, string name, byte[] state)
    {
        var subject = SubjectList.Of(name);
        var bytes = Crowd.Of(subject.Id, state);
        Within(times, bytes.Length, () => subject.Decode(bytes, null));
    }

    private static void Value<T, TCodec>(int times, byte[] bytes)
        where TCodec : IValueCodec<T> => Within(times, bytes.Length, () =>
        {
            var reader = new WireReader(bytes);
            return ListCodec<T, TCodec>.Read(ref reader);
        });

    private static void Within(int times, int length, Action decode) => Within(times, length, () =>
    {
        decode();
        return true;
    });

    private static void Within<T>(int times, int length, Func<T> decode)
    {
        decode();
        var before = GC.GetAllocatedBytesForCurrentThread();
        decode();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated <= Allowance.Fixed + ((long)times * length), $"{allocated} bytes for an input of {length}: {(double)allocated / length:0.0} times");
    }
}
