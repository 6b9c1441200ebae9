using BenchmarkDotNet.Running;
using Crdt.Bench;
using Crdt.Bench.Workloads;

// 'quick' takes the medians of some runs with a stopwatch, in seconds rather than minutes; anything else goes to BenchmarkDotNet.
if (args is ["quick", ..])
{
    QuickRun.Print(Console.Out);
    return 0;
}

BenchmarkSwitcher.FromAssembly(typeof(CoreBenchmarks).Assembly).Run(args);
return 0;
