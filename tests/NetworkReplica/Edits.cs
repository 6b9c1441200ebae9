using System.Globalization;
using Crdt.Dynamic;
using Crdt.Sync;
using Crdt.Sync.Transactions;

namespace Crdt.Tests.NetworkReplica;

/// <summary>Random transactions, each with an entry of its own, which is told once it is acknowledged.</summary>
internal sealed class Edits(GraphReplica replica, string name, int seed)
{
    private const int People = 40;
    private readonly Random _random = new(seed);

    public async Task RunAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        for (var number = 0; !cancellationToken.IsCancellationRequested; number++)
        {
            var entry = string.Create(CultureInfo.InvariantCulture, $"{name}/{seed}/{number}");
            try
            {
                await CommitAsync(entry);
                Console.WriteLine($"done {entry}");
            }
            catch (EntityExistsException)
            {
                // It came from elsewhere between the look and the commit.
            }

            await Task.Delay(pause, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task CommitAsync(string entry)
    {
        await using var transaction = await replica.BeginAsync();
        transaction.AddNode("Entry", entry, ("At", (long)_random.Next()));
        var (one, other) = (await PersonAsync(transaction, _random.Next(People)), _random.Next(People));
        switch (_random.Next(6))
        {
            case 0: one["Name"] = $"{entry}"; break;
            case 1: one.Increment("Stock", _random.Next(-5, 6)); break;
            case 2: one.Add("Tags", $"tag {_random.Next(10)}"); break;
            case 3: one.Remove("Tags", $"tag {_random.Next(10)}"); break;
            case 4: transaction.AddRelationship("KNOWS", one.Id, (await PersonAsync(transaction, other)).Id)["Since"] = (long)_random.Next(2030); break;
            default: one.State.Delete(); break;
        }

        await transaction.CommitAsync();
    }

    private static async Task<DynamicEntity> PersonAsync(GraphTransaction transaction, long id) =>
        await transaction.GetNodeAsync("Person", id) ?? transaction.AddNode("Person", id);
}
