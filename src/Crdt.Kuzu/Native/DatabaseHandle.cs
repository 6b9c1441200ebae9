namespace Crdt.Kuzu.Native;

/// <summary>An open database. Its file is free for another open once this has been released.</summary>
internal sealed unsafe class DatabaseHandle(nint pointer, OpenFile? file) : EngineHandle(pointer, null)
{
    protected override void Destroy(nint pointer)
    {
        var boxed = new Boxed { Pointer = pointer };
        KuzuApi.DatabaseDestroy(&boxed);
        file?.Dispose();
    }
}
