namespace Crdt.Kuzu.Native;

/// <summary>A connection, which keeps its database. The engine rolls back a transaction that is still open when it is destroyed.</summary>
internal sealed unsafe class ConnectionHandle(nint pointer, DatabaseHandle database) : EngineHandle(pointer, database)
{
    protected override void Destroy(nint pointer)
    {
        var boxed = new Boxed { Pointer = pointer };
        KuzuApi.ConnectionDestroy(&boxed);
    }
}
