using Crdt.Schema;

namespace Crdt.Tests.Generators.Features;

/// <summary>Every type of value, in every kind of field that holds it.</summary>
public sealed class EveryValueTests
{
    [Fact]
    public void Each_kind_of_value_has_a_property()
    {
        var kinds = Enum.GetValues<ValueKind>().Where(kind => kind <= ValueKind.Duration);
        Assert.Equal(kinds, EveryValue.EntityType.Fields.Select(field => field.Value.Kind).Order());
        Assert.Equal(kinds, EveryNullable.EntityType.Fields.Select(field => field.Value.Kind).Order());
        Assert.Equal(kinds, EverySet.EntityType.Fields.Select(field => field.Value.Kind).Order());
        Assert.All(EveryValue.EntityType.Fields, field => Assert.Equal((field.Value.ToString(), FieldKind.Register, false), (field.Name, field.Kind, field.Nullable)));
        Assert.All(EveryNullable.EntityType.Fields, field => Assert.Equal((field.Value.ToString(), FieldKind.Register, true), (field.Name, field.Kind, field.Nullable)));
        Assert.All(EverySet.EntityType.Fields, field => Assert.Equal((field.Value.ToString(), FieldKind.Set, false), (field.Name, field.Kind, field.Nullable)));
    }

    [Fact]
    public void Registers_survive_encoding_and_merge()
    {
        var written = Written();
        RequireSame(written, EveryValue.Decode(written.Encode()));
        var other = new EveryValue(new("other"), 1);
        other.MergeDelta(written.TakeDelta());
        RequireSame(written, other);
    }

    [Fact]
    public void Nullable_registers_survive_encoding_and_merge()
    {
        var written = WrittenNullable();
        RequireSame(written, EveryNullable.Decode(written.Encode()));
        var other = new EveryNullable(new("other"), 1);
        other.Merge(written);
        RequireSame(written, other);
    }

    [Fact]
    public void An_unwritten_nullable_register_reads_as_null_and_so_does_one_set_to_null()
    {
        var empty = new EveryNullable(new("phone"), 1);
        var emptied = WrittenNullable();
        Clear(emptied);
        RequireSame(empty, EveryNullable.Decode(empty.Encode()));
        RequireSame(empty, EveryNullable.Decode(emptied.Encode()));
    }

    [Fact]
    public void An_unwritten_register_reads_as_a_value_that_can_be_written_back()
    {
        var entity = new EveryValue(new("phone"), 1);
        Assert.Equal(("", 0, 0L, false), (entity.Text, entity.Bytes.Length, entity.Int64, entity.Boolean));
        Assert.Equal(DateTimeKind.Utc, entity.DateTime.Kind);
        var copy = new EveryValue(new("laptop"), 2);
        CopyTo(entity, copy);
        RequireSame(entity, EveryValue.Decode(copy.Encode()));
    }

    [Fact]
    public void Sets_survive_encoding_and_merge()
    {
        var entity = new EverySet(new("phone"), 1);
        AddTo(entity);
        var decoded = EverySet.Decode(new("laptop"), entity.Encode());
        Assert.Equal(entity, decoded);
        RequireSame(entity, decoded);
        var other = new EverySet(new("other"), 1);
        other.MergeDelta(entity.TakeDelta());
        RequireSame(entity, other);
        Assert.True(decoded.Double.Remove(double.NaN));
        other.Merge(decoded);
        Assert.Empty(other.Double);
        Assert.Single(other.Single);
    }

    [Fact]
    public void Text_that_has_no_exact_form_is_refused_where_it_is_written()
    {
        var entity = new EveryValue(new("phone"), 1);
        var error = Assert.Throws<ArgumentException>(() => entity.Text = "\uD800");
        Assert.Contains("Text", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => entity.Text = null!);
    }

    private static EveryValue Written() => new(new Replica("phone"), 1)
    {
        Boolean = true,
        Int8 = sbyte.MinValue,
        Int16 = short.MinValue,
        Int32 = int.MinValue,
        Int64 = long.MinValue,
        UInt8 = byte.MaxValue,
        UInt16 = ushort.MaxValue,
        UInt32 = uint.MaxValue,
        UInt64 = ulong.MaxValue,
        Int128 = Int128.MinValue,
        Single = float.NegativeZero,
        Double = double.NaN,
        Decimal = 1.00m,
        Text = "né \U0001F98A",
        Bytes = [0, 255],
        Guid = new("00112233-4455-6677-8899-aabbccddeeff"),
        Date = DateOnly.MaxValue,
        Time = TimeOnly.MaxValue,
        DateTime = new(2026, 11, 22, 3, 4, 5, 6, 7, DateTimeKind.Utc),
        DateTimeOffset = new(2026, 11, 22, 3, 4, 5, TimeSpan.FromHours(-9.5)),
        Duration = TimeSpan.MinValue,
    };

    private static EveryNullable WrittenNullable() => new(new Replica("phone"), 1)
    {
        Boolean = true,
        Int8 = sbyte.MinValue,
        Int16 = short.MinValue,
        Int32 = int.MinValue,
        Int64 = long.MinValue,
        UInt8 = byte.MaxValue,
        UInt16 = ushort.MaxValue,
        UInt32 = uint.MaxValue,
        UInt64 = ulong.MaxValue,
        Int128 = Int128.MinValue,
        Single = float.NegativeZero,
        Double = double.NaN,
        Decimal = 1.00m,
        Text = "né \U0001F98A",
        Bytes = [0, 255],
        Guid = new("00112233-4455-6677-8899-aabbccddeeff"),
        Date = DateOnly.MaxValue,
        Time = TimeOnly.MaxValue,
        DateTime = new(2026, 11, 22, 3, 4, 5, 6, 7, DateTimeKind.Utc),
        DateTimeOffset = new(2026, 11, 22, 3, 4, 5, TimeSpan.FromHours(-9.5)),
        Duration = TimeSpan.MinValue,
    };

    private static void Clear(EveryNullable entity)
    {
        entity.Boolean = null;
        entity.Int8 = null;
        entity.Int16 = null;
        entity.Int32 = null;
        entity.Int64 = null;
        entity.UInt8 = null;
        entity.UInt16 = null;
        entity.UInt32 = null;
        entity.UInt64 = null;
        entity.Int128 = null;
        entity.Single = null;
        entity.Double = null;
        entity.Decimal = null;
        entity.Text = null;
        entity.Bytes = null;
        entity.Guid = null;
        entity.Date = null;
        entity.Time = null;
        entity.DateTime = null;
        entity.DateTimeOffset = null;
        entity.Duration = null;
    }

    private static void CopyTo(EveryValue from, EveryValue to)
    {
        to.Boolean = from.Boolean;
        to.Int8 = from.Int8;
        to.Int16 = from.Int16;
        to.Int32 = from.Int32;
        to.Int64 = from.Int64;
        to.UInt8 = from.UInt8;
        to.UInt16 = from.UInt16;
        to.UInt32 = from.UInt32;
        to.UInt64 = from.UInt64;
        to.Int128 = from.Int128;
        to.Single = from.Single;
        to.Double = from.Double;
        to.Decimal = from.Decimal;
        to.Text = from.Text;
        to.Bytes = from.Bytes;
        to.Guid = from.Guid;
        to.Date = from.Date;
        to.Time = from.Time;
        to.DateTime = from.DateTime;
        to.DateTimeOffset = from.DateTimeOffset;
        to.Duration = from.Duration;
    }

    private static void AddTo(EverySet entity)
    {
        entity.Boolean.Add(true);
        entity.Int8.Add(sbyte.MinValue);
        entity.Int16.Add(short.MinValue);
        entity.Int32.Add(int.MinValue);
        entity.Int64.Add(long.MinValue);
        entity.UInt8.Add(byte.MaxValue);
        entity.UInt16.Add(ushort.MaxValue);
        entity.UInt32.Add(uint.MaxValue);
        entity.UInt64.Add(ulong.MaxValue);
        entity.Int128.Add(Int128.MinValue);
        entity.Single.Add(float.NegativeZero);
        entity.Double.Add(double.NaN);
        entity.Decimal.Add(1.00m);
        entity.Text.Add("né \U0001F98A");
        entity.Bytes.Add([0, 255]);
        entity.Guid.Add(new Guid("00112233-4455-6677-8899-aabbccddeeff"));
        entity.Date.Add(DateOnly.MaxValue);
        entity.Time.Add(TimeOnly.MaxValue);
        entity.DateTime.Add(new DateTime(2026, 11, 22, 3, 4, 5, 6, 7, DateTimeKind.Utc));
        entity.DateTimeOffset.Add(new DateTimeOffset(2026, 11, 22, 3, 4, 5, TimeSpan.FromHours(-9.5)));
        entity.Duration.Add(TimeSpan.MinValue);
    }

    private static void RequireSame(EveryValue expected, EveryValue actual)
    {
        Assert.Equal(expected.Boolean, actual.Boolean);
        Assert.Equal(expected.Int8, actual.Int8);
        Assert.Equal(expected.Int16, actual.Int16);
        Assert.Equal(expected.Int32, actual.Int32);
        Assert.Equal(expected.Int64, actual.Int64);
        Assert.Equal(expected.UInt8, actual.UInt8);
        Assert.Equal(expected.UInt16, actual.UInt16);
        Assert.Equal(expected.UInt32, actual.UInt32);
        Assert.Equal(expected.UInt64, actual.UInt64);
        Assert.Equal(expected.Int128, actual.Int128);
        Assert.Equal(expected.Single, actual.Single);
        Assert.Equal(expected.Double, actual.Double);
        Assert.Equal(expected.Decimal, actual.Decimal);
        Assert.Equal(expected.Text, actual.Text);
        Assert.Equal(expected.Bytes, actual.Bytes);
        Assert.Equal(expected.Guid, actual.Guid);
        Assert.Equal(expected.Date, actual.Date);
        Assert.Equal(expected.Time, actual.Time);
        Assert.Equal(expected.DateTime, actual.DateTime);
        Assert.Equal(expected.DateTimeOffset, actual.DateTimeOffset);
        Assert.Equal(expected.Duration, actual.Duration);
    }

    private static void RequireSame(EveryNullable expected, EveryNullable actual)
    {
        Assert.Equal(expected.Boolean, actual.Boolean);
        Assert.Equal(expected.Int8, actual.Int8);
        Assert.Equal(expected.Int16, actual.Int16);
        Assert.Equal(expected.Int32, actual.Int32);
        Assert.Equal(expected.Int64, actual.Int64);
        Assert.Equal(expected.UInt8, actual.UInt8);
        Assert.Equal(expected.UInt16, actual.UInt16);
        Assert.Equal(expected.UInt32, actual.UInt32);
        Assert.Equal(expected.UInt64, actual.UInt64);
        Assert.Equal(expected.Int128, actual.Int128);
        Assert.Equal(expected.Single, actual.Single);
        Assert.Equal(expected.Double, actual.Double);
        Assert.Equal(expected.Decimal, actual.Decimal);
        Assert.Equal(expected.Text, actual.Text);
        Assert.Equal(expected.Bytes, actual.Bytes);
        Assert.Equal(expected.Guid, actual.Guid);
        Assert.Equal(expected.Date, actual.Date);
        Assert.Equal(expected.Time, actual.Time);
        Assert.Equal(expected.DateTime, actual.DateTime);
        Assert.Equal(expected.DateTimeOffset, actual.DateTimeOffset);
        Assert.Equal(expected.Duration, actual.Duration);
    }

    private static void RequireSame(EverySet expected, EverySet actual)
    {
        Assert.Equal(expected.Boolean, actual.Boolean);
        Assert.Equal(expected.Int8, actual.Int8);
        Assert.Equal(expected.Int16, actual.Int16);
        Assert.Equal(expected.Int32, actual.Int32);
        Assert.Equal(expected.Int64, actual.Int64);
        Assert.Equal(expected.UInt8, actual.UInt8);
        Assert.Equal(expected.UInt16, actual.UInt16);
        Assert.Equal(expected.UInt32, actual.UInt32);
        Assert.Equal(expected.UInt64, actual.UInt64);
        Assert.Equal(expected.Int128, actual.Int128);
        Assert.Equal(expected.Single, actual.Single);
        Assert.Equal(expected.Double, actual.Double);
        Assert.Equal(expected.Decimal, actual.Decimal);
        Assert.Equal(expected.Text, actual.Text);
        Assert.Equal(expected.Bytes, actual.Bytes);
        Assert.Equal(expected.Guid, actual.Guid);
        Assert.Equal(expected.Date, actual.Date);
        Assert.Equal(expected.Time, actual.Time);
        Assert.Equal(expected.DateTime, actual.DateTime);
        Assert.Equal(expected.DateTimeOffset, actual.DateTimeOffset);
        Assert.Equal(expected.Duration, actual.Duration);
    }
}
