using Crdt.Kuzu;
using Crdt.Sqlite;
using Crdt.Sync;

internal static class GraphExample
{
    public static async Task RunAsync()
    {
        await using var office = await GraphReplica.OpenAsync("office", ShopSchema.Instance, o => o.UseSqlite().UseKuzu());
        await using var tablet = await GraphReplica.OpenAsync("tablet", ShopSchema.Instance, o => o.UseSqlite().UseKuzu());

        await using (var tx = await office.BeginAsync())
        {
            var ann = tx.Add<Person>(1);
            ann.Email = "ann@x.org";
            tx.Connect<Knows>(ann, tx.Add<Person>(2)).Since = new(2026, 11, 22);
            await tx.CommitAsync();                                       // one event: visible everywhere all at once
        }

        await tablet.SyncAsync(office);                                   // or over any transport

        await foreach (var friend in tablet.QueryAsync<Friend>("MATCH (p:Person)-[k:KNOWS]->(q:Person) RETURN p.Email, q.Id, k.Since"))
            Console.WriteLine($"{friend.Email} knows {friend.Id}");       // ann@x.org knows 2
    }
}
