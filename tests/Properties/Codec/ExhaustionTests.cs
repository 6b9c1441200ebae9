using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Entities;
using Crdt.Kernel;
using Crdt.Schema;
using Crdt.Tests.Properties.Subjects;
using Crdt.Types.Maps;
using Crdt.Types.Sets;
using Crdt.Types;

namespace Crdt.Tests.Properties.Codec;

/// <summary>
/// The largest records that peers may send, made so that a careless algorithm takes the square of their size. Each bound
/// lies between what that takes and what a linear one does. The tests run alone, so that the processor time is theirs,
/// however busy the machine is.
/// </summary>
[Collection(nameof(ExhaustionTests))]
[CollectionDefinition(nameof(ExhaustionTests), DisableParallelization = true)]
public sealed class ExhaustionTests
{
    private static readonly ReplicaId Writer = new(7);

    [Fact]
    public void Contexts_that_interleave_merge_in_linear_time()
    {
        var (even, odd) = (Contexts(0), Contexts(2));
        var subject = SubjectList.Of("liveness");
        var state = subject.Decode(Standalone(subject, even), null);
        var other = subject.Decode(Standalone(subject, odd), null);
        Within(400, () => state.Join(other));
        Assert.Equal(2 * 60_000, state.Context.Ranges.Length);
        Within(400, () => EncodedEntity.Join(even, odd));
    }

    [Fact]
    public void Unknown_fields_without_number_are_read_and_merged_in_linear_time()
    {
        var subject = SubjectList.Of("liveness");
        var encoded = Standalone(subject, Fields(90_000));
        Within(2_000, () =>
        {
            var state = subject.Decode(encoded, null);
            state.Join(subject.Decode(encoded, null));
            Assert.Equal(encoded, state.Encode());
        });
    }

    [Fact]
    public void Replicas_without_number_are_checked_in_linear_time()
    {
        var writer = new WireWriter(1024);
        const int replicas = 40_000;
        writer.WriteVarint(replicas);
        for (var i = 0; i < replicas; i++) writer.WriteReplica(new((UInt128)i));
        var mark = writer.BeginBlock();
        for (var i = 0; i < replicas; i++) Range(ref writer, i, 1, 1);
        writer.EndBlock(mark);
        writer.WriteBlock([]);
        var state = writer.Finish();
        Within(400, () => EncodedEntity.Validate(state));
    }

    [Fact]
    public void Elements_chosen_to_share_a_hash_code_are_read_in_linear_time()
    {
        Within(1_000, () => Read(new OrSet<long, Int64Codec>(Set(ValueKind.Int64)), i => Bytes<long, Int64Codec>((i << 32) | i)));
        Within(1_000, () => Read(new OrSet<double, DoubleCodec>(Set(ValueKind.Double)), i => Bytes<double, DoubleCodec>(BitConverter.Int64BitsToDouble((i << 32) | i))));
        Within(1_000, () => Read(new OrSet<int, Int32Codec>(Set(ValueKind.Int32)), i => Bytes<int, Int32Codec>((int)(i * 56_897))));
    }

    [Fact]
    public void A_set_whose_dots_are_scattered_is_deleted_in_linear_time()
    {
        var subject = SubjectList.Of("set of long");
        var state = subject.Decode(Standalone(subject, ScatteredSet(subject, 50_000)), new Replica("reader"));
        state.TakeDelta();
        Within(250, state.Delete);
        Assert.Equal(EncodedEntity.Empty.ToArray(), Law.Row(state, false));
    }

    [Fact]
    public void Fields_whose_dots_interleave_are_collected_in_linear_time()
    {
        var (state, many) = (Interleaved(2, 90_000), Interleaved(75_000, 1));
        EncodedEntity.CollectDots(Interleaved(2, 5_000), new CausalContext());
        Within(600, () => EncodedEntity.CollectDots(state, new CausalContext()));
        Within(600, () => EncodedEntity.CollectDots(many, new CausalContext()));
        var subject = SubjectList.Of("liveness");
        var read = subject.Decode(Standalone(subject, state), new Replica("reader"));
        Within(600, read.Delete);
    }

    [Fact]
    public void Items_whose_names_were_chosen_to_share_a_hash_code_are_told_apart_in_linear_time()
    {
        ToldApart(i => new(Writer, (i << 32) + i));
        ToldApart(i => new(Writer, (i << 32) + 1));
        ToldApart(i => new(Writer, i));
        ToldApart(i => new(new((UInt128)i), 1));

        static void ToldApart(Func<ulong, Dot> name)
        {
            var dots = Enumerable.Range(1, 50_000).Select(i => name((ulong)i)).ToArray();
            Within(400, () => Assert.Equal(dots.Length, dots.ToHashSet().Count));
        }
    }

    [Fact]
    public void Counters_under_many_keys_are_changed_in_linear_time()
    {
        var subject = SubjectList.Of("map of counters");
        var state = subject.New(new Replica("writer"));
        state.Create();
        var counters = (CounterMap<string, TextCodec>)state.Fields[0];
        Within(1_000, () =>
        {
            for (var i = 0; i < 60_000; i++) counters.Add($"{i}", 1);
        });
    }

    // Of this thread alone: others run tests at the same time.
    private static void Within(int milliseconds, Action action)
    {
        var before = ThreadClock.Now;
        action();
        var taken = ThreadClock.Now - before;
        Assert.True(taken < milliseconds, $"took {taken} ms of the processor");
    }

    private static byte[] Standalone(Subject subject, byte[] state)
    {
        var writer = new WireWriter(state.Length + 64);
        writer.WriteByte(1);
        writer.WriteBlock(subject.Id.Bytes);
        writer.WriteBytes(state);
        return writer.Finish();
    }

    private static byte[] Contexts(ulong shift)
    {
        var writer = new WireWriter(1024);
        writer.WriteVarint(1);
        writer.WriteReplica(Writer);
        var mark = writer.BeginBlock();
        for (var i = 0ul; i < 60_000; i++) Range(ref writer, 0, 1 + shift + (i * 4), 1);
        writer.EndBlock(mark);
        writer.WriteBlock([]);
        return writer.Finish();
    }

    private static byte[] Fields(int count)
    {
        var writer = new WireWriter(1024);
        writer.WriteVarint(1);
        writer.WriteReplica(Writer);
        var mark = writer.BeginBlock();
        Range(ref writer, 0, 1, 1);
        writer.EndBlock(mark);
        writer.WriteBlock([]);
        for (var i = 0u; i < count; i++)
        {
            writer.WriteUInt32(i);
            writer.WriteByte((byte)FieldKind.Register);
            writer.WriteBlock([0, 1, 0]);
        }

        return writer.Finish();
    }

    [Fact]
    public void Writes_between_those_that_were_seen_are_collected_in_linear_time()
    {
        var (seen, store) = (new CausalContext(), DotFun<int>.FromSorted([.. Enumerable.Range(1, 120_000).Select(i => KeyValuePair.Create(new Dot(Writer, 4 * (ulong)i), 0))]));
        for (var i = 0ul; i < 120_000; i++) seen.Add(new Dot(Writer, (4 * i) + 2));
        Within(400, () => store.CollectDots(seen));
        Assert.Equal(240_000, seen.Ranges.Length);
    }

    // The field before has the numbers above, none next to another of the same field.
    private static byte[] Interleaved(int fields, int count)
    {
        var writer = new WireWriter(1024);
        writer.WriteVarint(1);
        writer.WriteReplica(Writer);
        var mark = writer.BeginBlock();
        Range(ref writer, 0, 1, (ulong)(2 * fields * (count + 1)));
        writer.EndBlock(mark);
        writer.WriteBlock([0, 1]);
        for (var field = 0; field < fields; field++)
        {
            writer.WriteUInt32((uint)field);
            writer.WriteByte((byte)FieldKind.EnableWins);
            mark = writer.BeginBlock();
            for (var i = 0; i < count; i++)
            {
                writer.WriteVarint(0);
                writer.WriteVarint((ulong)(1 + (2 * ((i * fields) + fields - field))));
                writer.WriteVarint(0);
            }

            writer.EndBlock(mark);
        }

        return writer.Finish();
    }

    private static byte[] ScatteredSet(Subject subject, int count)
    {
        var writer = new WireWriter(1024);
        writer.WriteVarint(1);
        writer.WriteReplica(Writer);
        var mark = writer.BeginBlock();
        Range(ref writer, 0, 1, (ulong)(4 * count) + 1);
        writer.EndBlock(mark);
        writer.WriteBlock([0, 1]);
        writer.WriteUInt32(subject.Fields[0].Id);
        writer.WriteByte((byte)FieldKind.Set);
        mark = writer.BeginBlock();
        var keys = Enumerable.Range(0, count).Select(i => (Key: Bytes<long, Int64Codec>(i), Number: 3 + (2 * ((ulong)i * 7_919 % (ulong)count))));
        foreach (var (key, number) in keys.OrderBy(pair => Convert.ToHexString(pair.Key), StringComparer.Ordinal)) Element(ref writer, key, number);
        writer.EndBlock(mark);
        return writer.Finish();
    }

    private static void Read<T, TCodec>(OrSet<T, TCodec> set, Func<long, byte[]> key)
        where T : notnull
        where TCodec : IValueCodec<T>
    {
        var writer = new WireWriter(1024);
        var keys = Enumerable.Range(0, 37_000).Select(i => key(i)).OrderBy(Convert.ToHexString, StringComparer.Ordinal);
        foreach (var bytes in keys) Element(ref writer, bytes, 1);
        var table = new byte[ReplicaId.Size];
        set.Read(new WireReader(writer.Written), table);
        Assert.Equal(37_000, set.Count);
    }

    private static void Element(ref WireWriter writer, byte[] key, ulong number)
    {
        writer.WriteBlock(key);
        var mark = writer.BeginBlock();
        writer.WriteVarint(0);
        writer.WriteVarint(number);
        writer.EndBlock(mark);
    }

    private static void Range(ref WireWriter writer, int replica, ulong first, ulong length)
    {
        writer.WriteVarint((ulong)replica);
        writer.WriteVarint(first);
        writer.WriteVarint(length - 1);
    }

    private static byte[] Bytes<T, TCodec>(T value)
        where TCodec : IValueCodec<T>
    {
        var writer = new WireWriter(16);
        TCodec.Write(ref writer, value);
        return writer.Finish();
    }

    private static FieldSchema Set(ValueKind value) => new("Elements", FieldKind.Set, value, false, "Elements");
}
