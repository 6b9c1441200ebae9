namespace Crdt.Kuzu.Native;

/// <summary>The first result of a query, which owns those that follow it, and keeps its connection.</summary>
internal sealed unsafe class ResultHandle(nint pointer, ConnectionHandle connection) : EngineHandle(pointer, connection)
{
    protected override void Destroy(nint pointer)
    {
        var boxed = new BoxedOwned { Pointer = pointer };
        KuzuApi.ResultDestroy(&boxed);
    }
}
