using Crdt.Kuzu.Binding;

namespace Crdt.Kuzu.Adopting;

/// <summary>Where a value stands in the rows of a page.</summary>
/// <param name="Value">The column of the value.</param>
/// <param name="Tag">The column of the alternative that it is; null where it isn't a union.</param>
/// <param name="Zero">The column that says whether it holds U+0000; null where it can't.</param>
internal readonly record struct SourceCell(int Value, int? Tag, int? Zero)
{
    /// <summary>The value in the row that a result stands at; null for NULL.</summary>
    /// <exception cref="UnfitValueException">It can't be read as it is.</exception>
    public object? Read(KuzuResult row)
    {
        if (Tag is { } tag ? row.IsNull(tag) : row.IsNull(Value)) return null;
        if (Zero is { } zero && !row.IsNull(zero) && row.GetBoolean(zero)) throw new UnfitValueException("text with U+0000 ends there in this engine's interface");
        try
        {
            var value = row.GetValue(Value);
            return Tag is { } named ? new TaggedValue(row.GetString(named), value) : value;
        }
        catch (OverflowException)
        {
            throw new UnfitValueException("dates and times are those of the years 1 to 9999");
        }
        catch (Exception error) when (error is FormatException or InvalidCastException or ArgumentException or NotSupportedException)
        {
            throw new UnfitValueException($"it can't be read ({error.GetType().Name})");
        }
    }
}
