using Crdt;
using Crdt.Samples.Stock;
using Crdt.Sqlite;
using Crdt.Sync;

// Two shops sell the last five lamps, each without a way to the other: a counter with a least value lets each sell what it holds the rights for.
var folder = Directory.CreateTempSubdirectory("crdt-stock-");
try
{
    await using var north = await OpenAsync("north");
    await using var south = await OpenAsync("south");
    await using (var delivery = await north.BeginAsync())
    {
        var lamps = delivery.Add<Article>("lamp");
        lamps.Stock += 5;
        lamps.GiveStock(south.Id, 2); // So that the southern shop can sell some without asking.
        await delivery.CommitAsync();
    }

    await south.SyncAsync(north);
    await TellAsync("5 lamps are delivered to the northern shop, which gives 2 of them to the southern one");

    await SellAsync(north, 3);
    await SellAsync(south, 1);
    await SellAsync(north, 1);
    await SellAsync(south, 1);
    await SellAsync(south, 1);
    await TellAsync("both were offline, and each saw only its own sales");

    await south.SyncAsync(north);
    await TellAsync("they have synced: 5 were sold, none too many");

    async Task<GraphReplica> OpenAsync(string name) => await GraphReplica.OpenAsync(name, ShopSchema.Instance, options =>
    {
        options.Folder = Path.Combine(folder.FullName, name);
        options.UseSqlite();
    });

    async Task TellAsync(string what)
    {
        Console.WriteLine(what);
        foreach (var shop in new[] { north, south })
        {
            var lamps = (await shop.GetAsync<Article>("lamp"))!;
            Console.WriteLine($"    {shop.Name}: {lamps.Stock} in stock as far as it knows, may sell {lamps.StockRights.Of(shop.Id)}");
        }
    }
}
finally
{
    folder.Delete(recursive: true);
}

static async Task SellAsync(GraphReplica shop, long count)
{
    await using var sale = await shop.BeginAsync();
    var lamps = (await sale.GetAsync<Article>("lamp"))!;
    try
    {
        lamps.Stock -= count;
        await sale.CommitAsync();
        Console.WriteLine($"    {shop.Name} sells {count}");
    }
    catch (InsufficientRightsException error)
    {
        Console.WriteLine($"    {shop.Name} can't sell {count}: it may sell {error.Here}, and {error.InAll} are left in all as far as it knows");
    }
}
