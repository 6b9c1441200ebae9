using Crdt;
using Crdt.Kuzu;
using Crdt.Sqlite;
using Crdt.Sync;

[CrdtRel(typeof(Person), typeof(Person), Name = "KNOWS")]
public partial class Knows
{
    [Lww] public partial DateOnly? Since { get; set; }
}

[CrdtSchema("shop")]
public partial class ShopSchema;                                  // lists all annotated classes of the project

[QueryResult]
public partial record Friend(string? Email, long Id, DateOnly? Since);   // rows of queries are read into it
