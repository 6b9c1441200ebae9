using System.Runtime.ConstrainedExecution;
using System.Runtime.InteropServices;

namespace Crdt.Kuzu.Native;

/// <summary>A growing array of values as the C API takes it. It owns its values, but for those marked as lent.</summary>
internal sealed unsafe class ValueBuffer : CriticalFinalizerObject, IDisposable
{
    private BoxedOwned** _values;
    private bool[] _lent = [];
    private int _capacity;

    ~ValueBuffer() => Free();

    public int Count { get; private set; }

    /// <summary>The values from an index on, good until the next push.</summary>
    public BoxedOwned** At(int index) => _values + index;

    public void Push(BoxedOwned* value, bool isLent = false)
    {
        if (Count == _capacity)
            Grow();
        _values[Count] = value;
        _lent[Count++] = isLent;
    }

    /// <summary>Drops the values from a count on.</summary>
    public void Truncate(int count)
    {
        while (Count > count)
        {
            Count--;
            if (!_lent[Count])
                KuzuApi.ValueDestroy(_values[Count]);
        }
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Grow()
    {
        var capacity = Math.Max(16, _capacity * 2);
        _values = (BoxedOwned**)NativeMemory.Realloc(_values, (nuint)capacity * (nuint)sizeof(BoxedOwned*));
        Array.Resize(ref _lent, capacity);
        _capacity = capacity;
    }

    private void Free()
    {
        Truncate(0);
        NativeMemory.Free(_values);
        _values = null;
        _capacity = 0;
    }
}
