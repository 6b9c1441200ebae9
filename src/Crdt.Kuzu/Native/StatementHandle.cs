namespace Crdt.Kuzu.Native;

/// <summary>A prepared statement and the values bound to it, which keeps its connection.</summary>
internal sealed unsafe class StatementHandle(BoxedStatement statement, ConnectionHandle connection)
    : EngineHandle(statement.Statement, connection)
{
    private readonly nint _boundValues = statement.BoundValues;

    public BoxedStatement Boxed(Lease lease) => new() { Statement = lease.Pointer, BoundValues = _boundValues };

    protected override void Destroy(nint pointer)
    {
        var boxed = new BoxedStatement { Statement = pointer, BoundValues = _boundValues };
        KuzuApi.StatementDestroy(&boxed);
    }
}
