namespace Crdt.Tests.Architecture.Sources;

public sealed class BannedCallsTests
{
    [Theory]
    [InlineData("var now = DateTime.UtcNow;")]
    [InlineData("var now = System.DateTime.Now;")]
    [InlineData("var now = DateTimeOffset.UtcNow.Ticks;")]
    [InlineData("var id = Guid.NewGuid();")]
    [InlineData("Func<Guid> next = global::System.Guid.NewGuid;")]
    [InlineData("var dice = new Random(1);")]
    [InlineData("var dice = new System.Random(1);")]
    [InlineData("Random dice = new(1);")]
    [InlineData("var n = Random.Shared.Next();")]
    [InlineData("Task.Run(Work);")]
    [InlineData("System.Threading.Tasks.Task.Run(Work);")]
    [InlineData("Task.Factory.StartNew(Work);")]
    [InlineData("ThreadPool.QueueUserWorkItem(Work);")]
    [InlineData("Thread.Sleep(1);")]
    [InlineData("System.Threading.Thread.Yield();")]
    [InlineData("var t = new Thread(Work);")]
    [InlineData("var x = task.Result;")]
    [InlineData("var x = ReadAsync().Result;")]
    [InlineData("var x = task?.Result;")]
    [InlineData("task.Wait();")]
    [InlineData("gate.Wait(10);")]
    [InlineData("Task.WaitAll(task);")]
    [InlineData("var x = task.GetAwaiter().GetResult();")]
    [InlineData("var x = task.ConfigureAwait(false)\n    .GetAwaiter()\n    .GetResult();")]
    public void What_blocks_starts_a_thread_or_asks_the_machine_is_found_once(string statement) => Assert.Single(Check(statement));

    [Theory]
    [InlineData("// DateTime.UtcNow, Task.Run and new Random()")]
    [InlineData("var text = \"Thread.Sleep and task.Result\";")]
    [InlineData("var now = time.GetUtcNow();")]
    [InlineData("var id = ReplicaId.Random();")]
    [InlineData("await Task.Yield();")]
    [InlineData("await gate.WaitAsync(token);")]
    [InlineData("var x = await task;")]
    [InlineData("SyncResult Result = null;")]
    [InlineData("var then = DateTime.UnixEpoch;")]
    [InlineData("using var gate = new System.Threading.SemaphoreSlim(1);")]
    public void What_only_looks_like_it_is_not(string statement) => Assert.Empty(Check(statement));

    [Fact]
    public void A_violation_names_its_line() =>
        Assert.StartsWith("A.cs(3): 'Task.Run'", Assert.Single(BannedCalls.Check(new("A.cs", "class A\n{\n    void F() => Task.Run(F);\n}"))), StringComparison.Ordinal);

    private static IReadOnlyList<string> Check(string statement) =>
        [.. BannedCalls.Check(new("A.cs", $"using System.Threading; class A {{ async void F() {{\n{statement}\n}} }}"))];
}
