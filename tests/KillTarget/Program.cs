using System.Globalization;
using Crdt.Tests.KillTarget;

// kill [COUNT] [SEED]: kills a writer COUNT times.       damage [COUNT] [SEED]: damages a graph database COUNT times.
// Both print what they found as their last line, and end with 1 where anything is missing or differs.
// write FOLDER: prints "open", commits for ever, and prints the number of every commit that was acknowledged.
// check FOLDER: opens, verifies, and prints commits, whether the graph database was rebuilt, and differences.
const int DefaultCount = 20;
switch (args)
{
    case ["write", var folder]:
        await WriteAsync(folder);
        return 0;
    case ["check", var folder]:
        Console.WriteLine(await Examination.RunAsync(folder));
        return 0;
    case ["kill", ..]:
        return await new KillRun(Number(1, DefaultCount), Number(2, Random.Shared.Next())).RunAsync() ? 0 : 1;
    case ["damage", ..]:
        return await new DamageRun(Number(1, DefaultCount), Number(2, Random.Shared.Next())).RunAsync() ? 0 : 1;
    default:
        await Console.Error.WriteLineAsync("Say what to do: kill [COUNT] [SEED], damage [COUNT] [SEED], write FOLDER or check FOLDER.");
        return 2;
}

int Number(int position, int otherwise) => args.Length > position ? int.Parse(args[position], CultureInfo.InvariantCulture) : otherwise;

static async Task WriteAsync(string folder)
{
    await using var replica = await Work.OpenAsync(folder);
    Console.WriteLine("open");
    for (var number = await Work.CountAsync(replica) + 1; ; number++)
    {
        await Work.CommitAsync(replica, number);
        Console.WriteLine(number);
    }
}
