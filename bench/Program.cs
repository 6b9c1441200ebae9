using System.Globalization;
using BenchmarkDotNet.Running;
using Crdt.Bench;
using Crdt.Bench.Compression;
using Crdt.Bench.Differences;
using Crdt.Bench.EndToEnd;
using Crdt.Bench.Generator;
using Crdt.Bench.Graph;
using Crdt.Bench.Hub;
using Crdt.Bench.Sessions;
using Crdt.Bench.Workloads;

// 'quick' takes the medians of some runs with a stopwatch, in seconds rather than minutes; anything else goes to BenchmarkDotNet.
if (args is ["quick", ..])
{
    QuickRun.Print(Console.Out);
    return 0;
}

// 'generator' times the source generator on a large project.
if (args is ["generator"])
{
    GeneratorRun.Print(Console.Out);
    return 0;
}

// 'projection' times batches on a small and on a large graph in Kuzu.
if (args is ["projection"])
{
    await ProjectionRun.PrintAsync(Console.Out);
    return 0;
}

// 'sync' times changes from one replica's commit to another's graph database.
if (args is ["sync"])
{
    await EndToEndRun.PrintAsync(Console.Out);
    return 0;
}

// 'hub [replicas]' keeps replicas connected to one hub, and says how fast what one commits is with the others.
if (args is ["hub", ..])
{
    await HubRun.PrintAsync(Console.Out, args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1000);
    return 0;
}

// The process of the hub that 'hub' measures.
if (args is ["hub-process", var folder])
{
    await HubProcess.ServeAsync(folder);
    return 0;
}

// 'compression' says how large snapshots are by rows, by columns and compressed, and how fast that is.
if (args is ["compression"])
{
    CompressionRun.Print(Console.Out);
    return 0;
}

// 'difference' finds what two replicas differ in, and times what that costs at each write.
if (args is ["difference"])
{
    DifferenceRun.Print(Console.Out);
    return 0;
}

// 'sessions [events [people]]' says what it costs to find nothing, few and many differences between replicas.
if (args is ["sessions", ..])
{
    await SessionRun.PrintAsync(Console.Out, args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 100_000, args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 100_000);
    return 0;
}

// 'memory' says what a replica takes of the managed heap.
if (args is ["memory"])
{
    await MemoryRun.PrintAsync(Console.Out);
    return 0;
}

// 'conflicts' times one conflict from its discovery to its settlement, and commits into the offline queue.
if (args is ["conflicts"])
{
    await ConflictRun.PrintAsync(Console.Out);
    return 0;
}

BenchmarkSwitcher.FromAssembly(typeof(CoreBenchmarks).Assembly).Run(args);
return 0;
