using Crdt.Codec;

namespace Crdt.Sync.Batches;

/// <summary>Reads what <see cref="RowHead"/> wrote.</summary>
/// <param name="head">The head of its identities.</param>
internal sealed class RowHeadReader(byte[] head) : IDisposable
{
    private const int NodeHead = IdentityForm.NodeHead;
    private readonly bool _isRelationship = head.Length == IdentityForm.RelationshipHead;
    private BytesColumnReader? _sources;
    private BytesColumnReader? _targets;
    private BytesColumnReader? _keys;
    private NumberColumnReader _ranges = null!;
    private DotColumnsReader _firsts = null!;
    private NumberColumnReader _lengths = null!;
    private NumberColumnReader _creations = null!;
    private DotColumnsReader _dots = null!;

    /// <summary>Its fields, by number and kind.</summary>
    public Dictionary<(uint Number, byte Kind), FieldColumnsReader> Fields { get; } = [];

    /// <summary>Finds the columns, which follow those of other types.</summary>
    public void Read(ref WireReader reader)
    {
        if (_isRelationship) (_sources, _targets) = (new(ref reader), new(ref reader));
        _keys = new(ref reader);
        (_ranges, _firsts, _lengths) = (new(ref reader), new(ref reader), new(ref reader));
        (_creations, _dots) = (new(ref reader), new(ref reader));
    }

    /// <summary>Appends the identity of the next row of this type.</summary>
    public void CopyIdentity(ReadOnlySpan<byte> batch, ref WireWriter output)
    {
        var start = output.Length;
        output.WriteBytes(head.AsSpan(0, NodeHead));
        if (_isRelationship)
        {
            CopyEnd(batch, _sources!, head.AsSpan(NodeHead, NodeHead), ref output);
            CopyEnd(batch, _targets!, head.AsSpan(2 * NodeHead), ref output);
        }

        _keys!.Next(batch, WireLimits.Identity);
        _keys.CopyTo(batch, ref output);
        if (output.Length - start > WireLimits.Identity) throw new WireFormatException($"an entity's identity exceeds {WireLimits.Identity} bytes", _ranges.Position);
    }

    /// <summary>Appends the context and the liveness of that row.</summary>
    public void CopyLiveness(ReadOnlySpan<byte> batch, BatchReferences references, ref WireWriter output)
    {
        var mark = output.BeginBlock();
        for (var left = _ranges.NextSize(batch, RowBatchCodec.MaxRows); left > 0; left--)
        {
            RowBatchCodec.RequireRoom(output, _ranges.Position);
            _firsts.CopyTo(batch, references, ref output);
            output.WriteVarint(_lengths.Next(batch));
        }

        output.EndBlock(mark);
        mark = output.BeginBlock();
        for (var left = _creations.NextSize(batch, RowBatchCodec.MaxRows); left > 0; left--)
        {
            RowBatchCodec.RequireRoom(output, _creations.Position);
            _dots.CopyTo(batch, references, ref output);
        }

        output.EndBlock(mark);
    }

    public void End()
    {
        _sources?.End();
        _targets?.End();
        _keys!.End();
        _ranges.End();
        _firsts.End();
        _lengths.End();
        _creations.End();
        _dots.End();
        foreach (var field in Fields.Values) field.End();
    }

    public void Dispose()
    {
        _sources?.Dispose();
        _targets?.Dispose();
        _keys?.Dispose();
        foreach (var field in Fields.Values) field.Dispose();
    }

    private static void CopyEnd(ReadOnlySpan<byte> batch, BytesColumnReader keys, ReadOnlySpan<byte> head, ref WireWriter output)
    {
        output.WriteVarint((ulong)(NodeHead + keys.Next(batch, WireLimits.Identity)));
        output.WriteBytes(head);
        keys.CopyTo(batch, ref output);
    }
}
