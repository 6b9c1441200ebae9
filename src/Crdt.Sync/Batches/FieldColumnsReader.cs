using Crdt.Codec;
using Crdt.Schema;

namespace Crdt.Sync.Batches;

/// <summary>Reads what <see cref="FieldColumns"/> wrote, and puts fields together again.</summary>
/// <param name="number">The field's number.</param>
/// <param name="kind">The field's kind.</param>
internal sealed class FieldColumnsReader(uint number, FieldKind kind) : IDisposable
{
    private readonly bool _isKeyed = EncodedEntity.GrammarOf(kind) != FieldGrammar.DotFun;
    private NumberColumnReader _keys = null!;
    private BytesColumnReader? _keyBytes;
    private NumberColumnReader _writes = null!;
    private DotColumnsReader _dots = null!;
    private PayloadColumnsReader? _payloads;

    /// <summary>Finds the columns, which follow those of other fields.</summary>
    public void Read(ref WireReader reader)
    {
        if (_isKeyed) (_keys, _keyBytes) = (new(ref reader), new(ref reader));
        (_writes, _dots, _payloads) = (new(ref reader), new(ref reader), new(PayloadForms.Of(kind), ref reader));
    }

    /// <summary>Appends the field of the next row that has it.</summary>
    public void CopyTo(ReadOnlySpan<byte> batch, BatchReferences references, ref WireWriter output)
    {
        output.WriteUInt32(number);
        output.WriteByte((byte)kind);
        var mark = output.BeginBlock();
        if (_isKeyed) CopyKeys(batch, references, ref output);
        else CopyWrites(batch, references, ref output);
        output.EndBlock(mark);
    }

    public void End()
    {
        if (_isKeyed)
        {
            _keys.End();
            _keyBytes!.End();
        }

        _writes.End();
        _dots.End();
        _payloads!.End();
    }

    public void Dispose()
    {
        _keyBytes?.Dispose();
        _payloads?.Dispose();
    }

    private void CopyKeys(ReadOnlySpan<byte> batch, BatchReferences references, ref WireWriter output)
    {
        for (var left = _keys.NextSize(batch, RowBatchCodec.MaxRows); left > 0; left--)
        {
            RowBatchCodec.RequireRoom(output, _keys.Position);
            output.WriteVarint((ulong)_keyBytes!.Next(batch, RowBatchCodec.MaxRows));
            _keyBytes.CopyTo(batch, ref output);
            var mark = output.BeginBlock();
            CopyWrites(batch, references, ref output);
            output.EndBlock(mark);
        }
    }

    private void CopyWrites(ReadOnlySpan<byte> batch, BatchReferences references, ref WireWriter output)
    {
        for (var left = _writes.NextSize(batch, RowBatchCodec.MaxRows); left > 0; left--)
        {
            RowBatchCodec.RequireRoom(output, _writes.Position);
            _dots.CopyTo(batch, references, ref output);
            _payloads!.CopyTo(batch, references, ref output);
        }
    }
}
