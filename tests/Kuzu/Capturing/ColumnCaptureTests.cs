using Crdt.Codec;
using Crdt.Dynamic;
using Crdt.Entities;
using Crdt.Projection;
using Crdt.Schema;
using Crdt.Tests.Kuzu.Projection;
using static Crdt.Tests.Kuzu.Projection.Things;

namespace Crdt.Tests.Kuzu.Capturing;

/// <summary>What a column shows, read back as the value of a field, shows as the same again.</summary>
public sealed class ColumnCaptureTests
{
    public static TheoryData<ValueKind> Kinds => ValueTests.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_register_is_read_back(ValueKind kind)
    {
        var values = ValueCase.All.Single(known => known.Kind == kind);
        var type = TypeOf(values.Optional);
        await using var shown = await Shown.OpenAsync(SchemaOf(type));
        await shown.Projection.ApplyAsync(Projection.Entities.Batch(1, Enumerable.Range(0, values.Count).Select(i =>
        {
            var register = values.Register(values.Optional);
            return Projection.Entities.Written(type, Id(type, i), [register], () => values.Write(register, i));
        })));
        await AssertSameAgainAsync(shown, type, values.Count, (entity, value) =>
        {
            if (value is not null) entity["maybe"] = value;
        });
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_set_is_read_back(ValueKind kind)
    {
        var values = ValueCase.All.Single(known => known.Kind == kind);
        var type = TypeOf(values.Set);
        await using var shown = await Shown.OpenAsync(SchemaOf(type));
        var set = values.NewSet();
        await shown.Projection.ApplyAsync(Projection.Entities.Batch(1, [Projection.Entities.Written(type, Id(type, 0), [set], () =>
        {
            for (var i = 0; i < values.Count; i++)
            {
                if (values.IsShort(i)) values.Add(set, i);
            }
        })]));
        await AssertSameAgainAsync(shown, type, 1, (entity, value) =>
        {
            foreach (var element in (IEnumerable<object?>)value!) entity.Add("items", element!);
        });
    }

    [Theory]
    [InlineData("{\"a\": 1}", "should be Array")]
    [InlineData("[\"a\"]", "'a' is no Int32")]
    [InlineData("[2147483648]", "'2147483648' is no Int32")]
    [InlineData("[1", "is no JSON")]
    [InlineData("[1] 2", "is no JSON")]
    [InlineData("[true]", "true is no Int32")]
    public async Task Text_that_holds_no_elements_is_refused(string text, string reason)
    {
        var type = TypeOf(new FieldSchema("items", FieldKind.Set, ValueKind.Int32, Nullable: false, "items"));
        await using var shown = await Shown.OpenAsync(SchemaOf(type), captures: true);
        var capture = (IProjectionCapture)shown.Projection;
        await capture.WriteDirectlyAsync("CREATE (:Thing {id: 1, items: $text})", new Dictionary<string, object?> { ["text"] = text });
        var row = Assert.Single(await capture.CaptureRowsAsync(type, [Id(type, 1)]));
        Assert.Contains(reason, Assert.Single(row.Values).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interval_with_months_is_no_span_of_time()
    {
        var type = TypeOf(new FieldSchema("span", FieldKind.Register, ValueKind.Duration, Nullable: true, "span"));
        await using var shown = await Shown.OpenAsync(SchemaOf(type), captures: true);
        var capture = (IProjectionCapture)shown.Projection;
        await capture.WriteDirectlyAsync("CREATE (:Thing {id: 1, span: interval('1 month')}); CREATE (:Thing {id: 2, span: interval('2 days 1 us')});", null);
        var rows = await capture.CaptureRowsAsync(type, [Id(type, 1), Id(type, 2)]);
        Assert.Contains("months (1)", rows[0].Values[0].Refusal, StringComparison.Ordinal);
        Assert.Equal(new TimeSpan(2, 0, 0, 0, 0, 1), rows[1].Values[0].Value);
    }

    private static async Task AssertSameAgainAsync(Shown shown, EntityType type, int count, Action<DynamicEntity, object?> fill)
    {
        var capture = (IProjectionCapture)shown.Projection;
        var rows = await capture.CaptureRowsAsync(type, [.. Enumerable.Range(0, count).Select(i => Id(type, i))]);
        Assert.Equal(count, rows.Count);
        foreach (var row in rows)
        {
            var value = Assert.Single(row.Values);
            Assert.Null(value.Refusal);
            var entity = DynamicEntity.Create(type, row.Shown.Id, new Replica("reader"));
            entity.State.Create();
            fill(entity, value.Value);
            Assert.Equal(row.Shown.Values, Assert.Single(capture.RenderRows(type, [Projection.Entities.Of(entity.State)])).Values);
        }
    }
}
