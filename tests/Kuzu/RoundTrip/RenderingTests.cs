using System.Text;
using Crdt.Entities;
using Crdt.Kuzu;
using Crdt.Schema;
using Crdt.Sqlite;
using Crdt.Sync;
using Crdt.Tests.Kuzu.Binding;

namespace Crdt.Tests.Kuzu.RoundTrip;

/// <summary>
/// What C# says that the engine shows is what it shows, for random values of random types; and what the engine shows, written into other rows
/// by the engine itself, is captured as what shows the same.
/// </summary>
public sealed class RenderingTests
{
    private const int Rows = 40, Few = 12;

    private static readonly string[] MemberNames = ["A", "b", "Order", "order", "a", "In", "É", "x-y", "_id", "End"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task What_is_shown_is_what_is_expected(int seed)
    {
        var dice = new Random(seed);
        var fields = Enumerable.Range(0, 12).Select(i => FieldOf(dice, i)).ToArray();
        var thing = new EntityType("Thing", "Thing", EntityType.MainLane, new("id", ValueKind.Int64, "id"), null, null, fields);
        var link = new EntityType("LINK", "Order", EntityType.MainLane, new("d", ValueKind.Int32, "d"), thing, thing, [.. fields.Where(_ => dice.Next(2) == 0)]);
        using var folder = new ScratchFolder();
        await using var graph = await GraphReplica.OpenAsync("rendering", new GraphSchema("rendering", 1, thing, link), options =>
        {
            options.Folder = folder["rendering"];
            options.UseSqlite().UseKuzu(null, ScratchFolder.Small);
            options.CapturesDirectWrites = true;
        });
        foreach (var count in new[] { Rows, Few, Few })
        {
            await using var transaction = await graph.BeginAsync();
            for (var i = 0; i < count; i++)
            {
                var node = await transaction.GetNodeAsync("Thing", i) ?? transaction.AddNode("Thing", i);
                foreach (var field in fields) Fill(node, field, dice);
                var id = EntityId.Relationship(link, EntityId.Node(thing, i), EntityId.Node(thing, 0), i);
                var between = await transaction.GetEntityAsync(id) ?? transaction.AddRelationship("LINK", EntityId.Node(thing, i), EntityId.Node(thing, 0), i);
                foreach (var field in link.Fields) Fill(between, field, dice);
            }

            await transaction.CommitAsync();
            await graph.ProjectedAsync();
            Assert.Empty((await graph.VerifyAsync()).Differences);
            Assert.True((await graph.CaptureAsync()).IsEmpty);
        }

        var copied = string.Join(", ", fields.Select(field => $"{field.Column}: e.{field.Column}").Prepend("id: e.id + 1000"));
        var report = await graph.CaptureAsync($"MATCH (e:Thing) CREATE (:Thing {{{copied}}})");
        Assert.Empty(report.Refusals);
        Assert.Equal(Rows, report.Inserted);
        Assert.Empty((await graph.VerifyAsync()).Differences);
    }

    private static FieldSchema FieldOf(Random dice, int index)
    {
        var kind = index < 6 ? FieldKind.Register : (FieldKind[])[FieldKind.Register, FieldKind.Set, FieldKind.List, FieldKind.Map] is var kinds ? kinds[dice.Next(4)] : default;
        var name = $"f{index}";
        var key = kind == FieldKind.Map ? KeyOf(dice) : null;
        return new FieldSchema(name, kind, kind == FieldKind.Set ? KeyOf(dice) : TypeOf(dice, 3), Nullable: kind == FieldKind.Register, name) { Key = key };
    }

    // NaN is no key.
    private static ValueSchema KeyOf(Random dice)
    {
        while (true)
        {
            if (Simple(dice) is { Kind: not (ValueKind.Single or ValueKind.Double) } type) return type;
        }
    }

    private static ValueSchema TypeOf(Random dice, int depth) => (depth == 0 ? 9 : dice.Next(8)) switch
    {
        0 or 1 or 2 => ValueSchema.Record([.. MemberNames.Take(1 + dice.Next(MemberNames.Length)).Select(name => new ValueMember(name, MemberOf(dice, depth - 1)))]),
        3 => ValueSchema.List(MemberOf(dice, depth - 1)),
        _ => Simple(dice),
    };

    private static ValueSchema MemberOf(Random dice, int depth) => dice.Next(3) == 0 ? ValueSchema.Optional(TypeOf(dice, depth)) : TypeOf(dice, depth);

    private static ValueSchema Simple(Random dice)
    {
        var kinds = Enum.GetValues<ValueKind>().Except([ValueKind.Record, ValueKind.Optional, ValueKind.List]).ToArray();
        var kind = kinds[dice.Next(kinds.Length)];
        return kind == ValueKind.Enum ? ValueSchema.Enum(ValueKind.Int32, new EnumName(0, "Calm"), new EnumName(-1, "Wild")) : kind;
    }

    private static void Fill(Crdt.Dynamic.DynamicEntity entity, FieldSchema field, Random dice)
    {
        switch (field.Kind)
        {
            case FieldKind.Set: entity.Add(field.Name, Value(field.Value, dice)!); break;
            case FieldKind.List: entity.Insert(field.Name, 0, Value(field.Value, dice)!); break;
            case FieldKind.Map: entity.Put(field.Name, Value(field.Key!, dice)!, Value(field.Value, dice)); break;
            default: entity[field.Name] = dice.Next(5) == 0 ? null : Value(field.Value, dice); break;
        }
    }

    private static object? Value(ValueSchema type, Random dice)
    {
        return type.Kind switch
        {
            ValueKind.Optional => dice.Next(3) == 0 ? null : Value(type.Element!, dice),
            ValueKind.Record => type.Members.ToDictionary(member => member.Name, member => Value(member.Value, dice)),
            ValueKind.List => Enumerable.Range(0, dice.Next(4)).Select(_ => Value(type.Element!, dice)).ToList(),
            ValueKind.Boolean => dice.Next(2) == 0,
            // The lowest show as NULL, which a row that is copied would be refused for in a record.
            ValueKind.Int8 => Of<sbyte>(-127, sbyte.MaxValue, 0, (sbyte)dice.Next(-127, 128)),
            ValueKind.Int16 => Of<short>(-32767, short.MaxValue, 0, (short)dice.Next(-32767, 32768)),
            ValueKind.Int32 => Of<int>(-int.MaxValue, int.MaxValue, 0, dice.Next()),
            ValueKind.Int64 => Of<long>(-long.MaxValue, long.MaxValue, 0, dice.NextInt64()),
            ValueKind.UInt8 => Of<byte>(0, 255, (byte)dice.Next(256)),
            ValueKind.UInt16 => Of<ushort>(0, ushort.MaxValue, (ushort)dice.Next(65536)),
            ValueKind.UInt32 => Of<uint>(0, uint.MaxValue, (uint)dice.Next()),
            ValueKind.UInt64 => Of<ulong>(0, ulong.MaxValue, (ulong)dice.NextInt64()),
            ValueKind.Int128 => Of<Int128>(-Int128.MaxValue, Int128.MaxValue, 0, long.MinValue, dice.NextInt64()),
            ValueKind.Single => Of(0f, -0f, float.NaN, float.PositiveInfinity, float.Epsilon, float.MaxValue, dice.NextSingle()),
            ValueKind.Double => Of(0d, -0d, double.NaN, double.NegativeInfinity, double.Epsilon, double.MaxValue, 1e21, dice.NextDouble()),
            ValueKind.Decimal => Of(0m, 0.00m, decimal.MaxValue, decimal.MinValue, 1.00m, -0.001m, new decimal(dice.Next(), 1, 0, true, 28)),
            ValueKind.Text => Of("", "'", "\\", "\\'", "\"", "{", "a, b: 'c'", "\n\r\t", "é\U0001F600", "NULL", " x ", new string('y', dice.Next(400))),
            ValueKind.Bytes => Encoding.UTF8.GetBytes(Of("", "\0", "\\x00", "abc'\\", new string('z', dice.Next(300)))),
            ValueKind.Guid => Of(Guid.Empty, Guid.AllBitsSet, new Guid(dice.Next(), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)),
            ValueKind.Date => Of(DateOnly.MinValue, DateOnly.MaxValue, new DateOnly(1969, 12, 31), DateOnly.FromDayNumber(dice.Next(3_000_000))),
            ValueKind.Time => Of(TimeOnly.MinValue, TimeOnly.MaxValue, new TimeOnly(dice.NextInt64(TimeSpan.TicksPerDay))),
            ValueKind.DateTime => Of(new DateTime(0, DateTimeKind.Utc), new DateTime(DateTime.MaxValue.Ticks, DateTimeKind.Utc), new DateTime(dice.NextInt64(DateTime.MaxValue.Ticks), DateTimeKind.Utc)),
            ValueKind.DateTimeOffset => Of(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, new DateTimeOffset(1969, 12, 31, 23, 59, 59, TimeSpan.FromHours(-14)).AddTicks(9_999_999), new DateTimeOffset(dice.NextInt64(TimeSpan.TicksPerDay, 3_000_000_000_000_000_000), TimeSpan.FromMinutes(dice.Next(-840, 841)))),
            ValueKind.Duration => Of(TimeSpan.Zero, TimeSpan.MinValue, TimeSpan.MaxValue, new TimeSpan(-1), new TimeSpan(-15), new TimeSpan(dice.NextInt64()), -new TimeSpan(dice.NextInt64())),
            ValueKind.Enum => Of<object>("Calm", "Wild", 7L),
            _ => throw new NotSupportedException(),
        };

        T Of<T>(params T[] values) => values[dice.Next(values.Length)];
    }
}
