using Crdt.Entities;
using Crdt.Schema;
using Crdt.Types;

namespace Crdt.Tests.Kuzu.Projection;

/// <summary>A schema of one node, <c>Thing</c>, with the fields that a test is about.</summary>
internal static class Things
{
    /// <summary>Looks at what is in memory, and then at what the file holds.</summary>
    public static async Task EveryWayAsync(Shown shown, EntityType type, Func<Task> look)
    {
        await look();
        Assert.Equal(1, await shown.ReopenAsync(SchemaOf(type)));
        await look();
    }

    public static Field[] Ordered(params Field[] fields) => [.. fields.OrderBy(field => field.Id)];

    public static EntityType TypeOf(params FieldSchema[] fields) => new("Thing", "Thing", EntityType.MainLane, new("id", ValueKind.Int64, "id"), null, null, fields);

    public static GraphSchema SchemaOf(EntityType type) => new("test", 1, type);

    public static EntityId Id(EntityType type, long key) => EntityId.Node(type, key);

    /// <summary>Tells apart what Equals doesn't: types, signs of zero.</summary>
    public static string TextOf(object? value) => value switch
    {
        null => "NULL",
        double.NaN => "double NaN",
        float.NaN => "float NaN",
        double number => $"double {BitConverter.DoubleToInt64Bits(number):x16}",
        float number => $"float {BitConverter.SingleToInt32Bits(number):x8}",
        object?[] items => $"[{string.Join(", ", items.Select(TextOf))}]",
        byte[] bytes => $"bytes {Convert.ToHexString(bytes)}",
        DateTime time => $"time {time:O}",
        _ => $"{value.GetType().Name} {value}",
    };

    public static void AssertSame(object? expected, object? actual) => Assert.Equal(TextOf(expected), TextOf(actual));
}
