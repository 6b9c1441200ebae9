using System.Buffers;
using Crdt.Codec;

namespace Crdt.Sync.Batches;

/// <summary>
/// Byte strings that mean the same in one row after another: keys, values.
/// <code>
/// bytes := 0
///        | 1 numbers block(byte*)                       lengths
///        | 2 numbers                                    each string is one
///        | 3 numbers numbers numbers block(byte*)       bytes in common with the last one at the beginning, at the end; lengths between
/// </code>
/// </summary>
internal sealed class BytesColumn : IDisposable
{
    // Below this part of the bytes what is in common isn't worth three columns.
    private const double WorthAffixes = 0.6;

    private byte[] _bytes = [];
    private int[] _ends = [];
    private int _length;
    private int _count;
    private bool _areNumbers = true;

    public void Add(scoped ReadOnlySpan<byte> value)
    {
        if (_bytes.Length - _length < value.Length) Resize(ref _bytes, _length, _length + value.Length);
        if (_count == _ends.Length) Resize(ref _ends, _count, _count + 1);
        value.CopyTo(_bytes.AsSpan(_length));
        _ends[_count++] = _length += value.Length;
        if (_areNumbers) _areNumbers = IsNumber(value);
    }

    public void Write(ref WireWriter writer)
    {
        if (_count == 0) writer.WriteByte((byte)BytesForm.Empty);
        else if (_areNumbers) WriteNumbers(ref writer);
        else if (!TryWriteAffixes(ref writer)) WritePlain(ref writer);
    }

    public void Dispose()
    {
        if (_bytes.Length > 0) ArrayPool<byte>.Shared.Return(_bytes);
        if (_ends.Length > 0) ArrayPool<int>.Shared.Return(_ends);
        (_bytes, _ends, _length, _count) = ([], [], 0, 0);
    }

    private static bool IsNumber(scoped ReadOnlySpan<byte> value)
    {
        var position = 0;
        return value.Length is > 0 and <= Base128.MostBytes && Base128.TryRead(value, ref position, out _) && position == value.Length;
    }

    private static void Resize<T>(ref T[] array, int used, int needed)
    {
        var larger = ArrayPool<T>.Shared.Rent(Math.Max(64, Math.Max(needed, used * 2)));
        array.AsSpan(0, used).CopyTo(larger);
        if (array.Length > 0) ArrayPool<T>.Shared.Return(array);
        array = larger;
    }

    private ReadOnlySpan<byte> Value(int index) => _bytes.AsSpan((index == 0 ? 0 : _ends[index - 1]).._ends[index]);

    private void WriteNumbers(ref WireWriter writer)
    {
        using var numbers = new NumberColumn();
        for (var (i, position) = (0, 0); i < _count; i++)
        {
            Base128.TryRead(_bytes, ref position, out var number);
            numbers.Add(number);
        }

        writer.WriteByte((byte)BytesForm.Numbers);
        numbers.Write(ref writer);
    }

    private void WritePlain(ref WireWriter writer)
    {
        using var lengths = new NumberColumn();
        for (var i = 0; i < _count; i++) lengths.Add((ulong)Value(i).Length);
        writer.WriteByte((byte)BytesForm.Plain);
        lengths.Write(ref writer);
        writer.WriteBlock(_bytes.AsSpan(0, _length));
    }

    private bool TryWriteAffixes(ref WireWriter writer)
    {
        using NumberColumn prefixes = new(), suffixes = new(), lengths = new();
        using var middles = new WireWriter(_length + 1);
        var last = ReadOnlySpan<byte>.Empty;
        for (var i = 0; i < _count; i++)
        {
            var value = Value(i);
            var prefix = value.CommonPrefixLength(last);
            var suffix = CommonSuffix(value[prefix..], last[prefix..]);
            prefixes.Add((ulong)prefix);
            suffixes.Add((ulong)suffix);
            lengths.Add((ulong)(value.Length - prefix - suffix));
            middles.WriteBytes(value[prefix..^suffix]);
            last = value;
        }

        if (middles.Length > _length * WorthAffixes) return false;
        writer.WriteByte((byte)BytesForm.Affixes);
        prefixes.Write(ref writer);
        suffixes.Write(ref writer);
        lengths.Write(ref writer);
        writer.WriteBlock(middles.Written);
        return true;
    }

    private static int CommonSuffix(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var (size, most) = (0, Math.Min(left.Length, right.Length));
        while (size < most && left[^(size + 1)] == right[^(size + 1)]) size++;
        return size;
    }
}
