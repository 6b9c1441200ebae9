namespace Crdt.Codec;

/// <summary>Walks over the encoded keys of a set or map with their dots, and checks that they are in canonical order.</summary>
/// <param name="reader">The keys, to the end.</param>
internal ref struct KeyedDotsReader(WireReader reader)
{
    private WireReader _reader = reader;
    private bool _started = false;
    private int _dotsEnd = 0;
    private ReadOnlySpan<byte> _dots;
    private int _keyStart = 0;

    /// <summary>The bytes of the key at hand.</summary>
    public ReadOnlySpan<byte> Key { get; private set; }

    /// <summary>A reader of the key.</summary>
    public readonly WireReader KeyReader() => new(Key, _keyStart);

    /// <summary>A reader of the key's dots.</summary>
    public readonly WireReader DotsReader() => new(_dots, _dotsEnd - _dots.Length);

    /// <summary>How many keys are left. O(bytes).</summary>
    public readonly int Count()
    {
        var count = 0;
        var rest = this;
        while (rest.MoveNext()) count++;
        return count;
    }

    /// <summary>Goes to the next key; false at the end.</summary>
    public bool MoveNext()
    {
        if (_reader.Remaining == 0) return false;
        var key = _reader.ReadBlock();
        if (_started && Key.SequenceCompareTo(key) >= 0) throw _reader.Malformed("the keys of a set or map must ascend");
        _started = true;
        _keyStart = _reader.Offset - key.Length;
        Key = key;
        _dots = _reader.ReadBlock();
        _dotsEnd = _reader.Offset;
        if (_dots.IsEmpty) throw _reader.Malformed("a key of a set or map has no dots");
        return true;
    }
}
