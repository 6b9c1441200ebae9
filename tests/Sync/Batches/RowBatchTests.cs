using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Entities;
using Crdt.Schema;
using Crdt.Storage;
using Crdt.Sync.Batches;
using Crdt.Tests.Fuzz.Inputs;
using Crdt.Tests.Properties.Codec;
using Crdt.Tests.Vectors.Catalog;

namespace Crdt.Tests.Sync.Batches;

/// <summary>Rows come back byte for byte, whatever their form, and take less on the way.</summary>
public sealed class RowBatchTests
{
    private static readonly EntityType Node = new("Node", "Node", "main", new KeySchema("Id", ValueKind.Int64, "Id"), null, null);
    private static readonly EntityType Link = new("Link", "Link", "main", new KeySchema("At", ValueKind.Int32, "At"), Node, Node);
    private static readonly EntityType Word = new("Word", "Word", "main", new KeySchema("Text", ValueKind.Text, "Text"), null, null);

    public static TheoryData<string> Kinds => [.. Subjects.All.Select(subject => $"{subject}"), $"{Histories.Kinds}", $"{Histories.Keys}"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Rows_of_every_kind_of_field_come_back_as_histories_left_them(string name)
    {
        var subject = Subjects.All.Append(Histories.Kinds).Append(Histories.Keys).Single(candidate => $"{candidate}" == name);
        var states = Histories.States(subject);
        Assert.NotEmpty(states);
        ComeBack(Rows(states));
        foreach (var state in states) ComeBack(Rows([state]));
    }

    /// <summary>A batch of rows of many types and of all kinds at once, in any mixture.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Rows_of_all_kinds_at_once_come_back(int seed)
    {
        byte[][] states = [.. Subjects.All.Append(Histories.Kinds).Append(Histories.Keys).SelectMany(Histories.States)];
        var dice = new Random(seed);
        for (var round = 0; round < 100; round++)
        {
            var rows = Enumerable.Range(0, dice.Next(1, 200)).Select(_ => new StoredEntity(AnyId(dice), states[dice.Next(states.Length)]));
            ComeBack(Sorted(rows));
        }
    }

    [Fact]
    public void Fields_of_kinds_that_nobody_knows_yet_come_back_and_stay_in_columns()
    {
        var kinds = Enumerable.Range(0, 256).Select(kind => (FieldKind)kind).Where(kind => EncodedEntity.GrammarOf(kind) != 0).ToArray();
        Assert.Equal(192, kinds.Length);
        foreach (var kind in kinds)
        {
            byte[] payload = [0, 0, 0, 0, 0, 9, 0, 1, 1];
            byte[] store = EncodedEntity.GrammarOf(kind) switch
            {
                FieldGrammar.DotFun => [0, 7, 9, .. payload],
                FieldGrammar.DotMap => [1, 65, 2, 0, 7],
                _ => [1, 65, 12, 0, 7, 9, .. payload],
            };
            ComeBack(Rows(Enumerable.Repeat(Crowd.Fields(2, kind, store), 20)));
        }
    }

    [Fact]
    public void Rows_that_take_the_most_for_their_length_come_back() => ComeBack(Rows(
    [
        Crowd.Ranges(40), Crowd.Creations(40), Crowd.Writes(40, 7, FieldKind.EnableWins, []), Crowd.Keys(7, FieldKind.Set, Crowd.Texts[..2_000], null),
        Crowd.Keys(7, FieldKind.CounterMap, Crowd.Texts[..2_000], [0, 0]), Crowd.Fields(1_000, FieldKind.EnableWins, [0, 1, 0]), Crowd.Fields(1_000, FieldKind.Set, [0, 2, 0, 1]),
    ]));

    [Fact]
    public void Numbers_at_their_limits_come_back()
    {
        ulong[] numbers = [1, 127, 128, uint.MaxValue, long.MaxValue, 1ul << 63, ulong.MaxValue];
        ComeBack(Rows(numbers.Concat(numbers.Reverse()).Select(number =>
        {
            var writer = new WireWriter(64);
            writer.WriteVarint(number);
            var dot = writer.Finish();
            byte[] stamp = [.. BitConverter.GetBytes(number)];
            byte[] store = [0, .. dot, 10, .. stamp, 0, 5];
            return Crowd.Fields(3, FieldKind.Register, store);
        })));
    }

    /// <summary>What this build can't take apart: another grammar, payloads of another form, bytes that are no row at all.</summary>
    [Fact]
    public void Rows_that_do_not_fit_into_columns_travel_as_they_are_beside_those_that_do()
    {
        byte[] fits = Crowd.Fields(3, FieldKind.Counter, [0, 5, 2, 1, 0]);
        byte[][] others =
        [
            [], [0], [0, 0, 0, 1, 2, 3, 4, 0x04, 1, 9], Crowd.Fields(1, FieldKind.Register, [0, 5, 1, 0]), Crowd.Fields(1, FieldKind.Counter, [0, 5, 3, 1, 0, 0]),
            Crowd.Fields(1, FieldKind.List, [1, 65, 3, 0, 5, 0]), [1, 2, 3], new byte[300],
        ];
        var dice = new Random(1);
        foreach (var count in (int[])[1, 20, 400])
        {
            var states = others.Concat(Enumerable.Repeat(fits, count)).ToArray();
            dice.Shuffle(states);
            ComeBack(Rows(states));
        }
    }

    [Fact]
    public void Damaged_rows_come_back_as_damaged_as_they_were()
    {
        var states = Histories.States(Histories.Kinds);
        var dice = new Dice(20261126);
        for (var round = 0; round < 300; round++) ComeBack(Rows(Enumerable.Range(0, 6).Select(i => i < 4 ? states[dice.Below(states.Length)] : Mutation.Of(states[dice.Below(states.Length)], dice))));
    }

    [Fact]
    public void No_rows_are_a_batch_too() => ComeBack([]);

    [Fact]
    public void A_thousand_rows_alike_take_less_than_a_quarter_of_their_bytes()
    {
        var rows = Rows(Enumerable.Range(0, 1_000).Select(i => Crowd.Fields(3, FieldKind.Counter, [0, (byte)(1 + (i % 100)), 2, (byte)(i % 100), 0])));
        Assert.InRange(ComeBack(rows), 1, rows.Sum(row => row.State.Length) / 4);
    }

    [Fact]
    public void A_few_rows_take_at_most_as_much_as_side_by_side()
    {
        foreach (var state in Histories.States(Histories.Kinds))
        {
            var row = Rows([state]);
            Assert.InRange(ComeBack(row), 1, 1 + 2 + row[0].Id.Bytes.Length + 3 + state.Length);
        }
    }

    [Fact]
    public void Rows_that_do_not_ascend_are_refused()
    {
        var rows = Rows([EncodedEntity.Empty.ToArray(), EncodedEntity.Empty.ToArray()]);
        Assert.Throws<ArgumentException>(() => RowBatchCodec.Encode([rows[1], rows[0]]));
        Assert.Throws<ArgumentException>(() => RowBatchCodec.Encode([rows[0], rows[0]]));
        Assert.Throws<ArgumentException>(() => RowBatchCodec.Encode([new(rows[0].Id, new byte[RowBatchCodec.MaxRows])]));
    }

    [Fact]
    public void A_batch_is_full_when_its_rows_have_so_many_bytes()
    {
        var rows = Rows(Enumerable.Repeat(new byte[1_000], 100));
        var builder = new RowBatchBuilder(10_000);
        var decoded = new List<StoredEntity>();
        foreach (var row in rows)
        {
            if (builder.TryAdd(row.Id, row.State)) continue;
            Assert.InRange(builder.Size, 9_000, 10_000);
            decoded.AddRange(RowBatchCodec.Decode(builder.Build()));
            Assert.Equal(0, builder.Count);
            Assert.True(builder.TryAdd(row.Id, row.State));
        }

        decoded.AddRange(RowBatchCodec.Decode(builder.Build()));
        Same(rows, decoded);
        Assert.True(builder.TryAdd(rows[0].Id, new byte[20_000]));
        Assert.False(builder.TryAdd(rows[1].Id, new byte[1]));
        Assert.Throws<ArgumentException>(() => builder.TryAdd(rows[0].Id, new byte[1]));
    }

    internal static StoredEntity[] Rows(IEnumerable<byte[]> states) => Sorted(states.Select((state, i) => new StoredEntity(EntityId.Node(Node, (long)i), state)));

    private static StoredEntity[] Sorted(IEnumerable<StoredEntity> rows) => [.. rows.DistinctBy(row => row.Id).OrderBy(row => row.Id)];

    private static EntityId AnyId(Random dice) => dice.Next(4) switch
    {
        0 => EntityId.Node(Node, dice.NextInt64()),
        1 => EntityId.Node(Word, $"word {dice.Next(1_000)}"),
        2 => EntityId.Relationship(Link, EntityId.Node(Node, (long)dice.Next(100)), EntityId.Node(Node, dice.NextInt64()), dice.Next()),
        _ => EntityId.Node(Node, (long)dice.Next(1_000)),
    };

    private static int ComeBack(StoredEntity[] rows)
    {
        var batch = RowBatchCodec.Encode(rows);
        Same(rows, RowBatchCodec.Decode(batch));
        Assert.Equal(batch, RowBatchCodec.Encode(rows));
        return batch.Length;
    }

    private static void Same(IReadOnlyList<StoredEntity> rows, IReadOnlyList<StoredEntity> decoded)
    {
        Assert.Equal(rows.Select(row => row.Id), decoded.Select(row => row.Id));
        for (var i = 0; i < rows.Count; i++) Assert.True(rows[i].State.Span.SequenceEqual(decoded[i].State.Span), $"row {i}: {Convert.ToHexString(rows[i].State.Span)} became {Convert.ToHexString(decoded[i].State.Span)}");
    }
}
