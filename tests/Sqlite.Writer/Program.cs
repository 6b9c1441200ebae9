using Crdt.Sqlite;
using Crdt.Storage;
using Crdt.Tests.Sqlite;

// hold <path>: opens the store, prints "open" or why it can't, and keeps it until its input ends.
// commit <path>: commits for ever, and prints the number of every commit that was acknowledged.
var store = new SqliteStore(args[1], SteadyWork.Limits);
StoreState state;
try
{
    state = await store.OpenAsync(TestGraph.Offer());
}
catch (StoreException error)
{
    Console.WriteLine(error.Message);
    return;
}

Console.WriteLine("open");
if (args[0] == "hold")
{
    Console.ReadLine();
    await store.DisposeAsync();
    return;
}

for (var revision = state.Revision + 1; ; revision++)
{
    await store.CommitAsync(SteadyWork.Commit(revision));
    Console.WriteLine(revision);
}
