using System.Runtime.InteropServices;

namespace Crdt.Kuzu.Native;

/// <summary>
/// A native object. It is adopted only after its init succeeded, and keeps its parent alive: the parent's own release waits until
/// the last child is released, so disposing in any order, and leaving all of it to the finalizer, is safe.
/// </summary>
internal abstract class EngineHandle : SafeHandle
{
    private readonly EngineHandle? _parent;

    /// <param name="pointer">The engine's object, whose init has succeeded.</param>
    /// <param name="parent">The object it depends on, leased by the caller while this runs.</param>
    protected EngineHandle(nint pointer, EngineHandle? parent)
        : base(0, ownsHandle: true)
    {
        var pinned = false;
        parent?.DangerousAddRef(ref pinned);
        _parent = parent;
        SetHandle(pointer);
    }

    public sealed override bool IsInvalid => handle == 0;

    /// <summary>The object, guarded against release until the lease is disposed.</summary>
    /// <exception cref="ObjectDisposedException">It was disposed.</exception>
    public Lease Use() => new(this);

    protected sealed override bool ReleaseHandle()
    {
        Destroy(handle);
        _parent?.DangerousRelease();
        return true;
    }

    protected abstract void Destroy(nint pointer);

    internal readonly ref struct Lease
    {
        private readonly EngineHandle _handle;

        public Lease(EngineHandle handle)
        {
            var added = false;
            handle.DangerousAddRef(ref added);
            _handle = handle;
        }

        public Boxed Boxed => new() { Pointer = _handle.handle };

        public nint Pointer => _handle.handle;

        public void Dispose() => _handle.DangerousRelease();
    }
}
