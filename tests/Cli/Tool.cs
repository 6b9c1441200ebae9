using System.Diagnostics;
using System.Text.Json.Nodes;
using Crdt.Kuzu.Binding;

namespace Crdt.Tests.Cli;

/// <summary>The tool as its users run it: a process in a folder of its own, its output, its exit code.</summary>
internal sealed class Tool : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly List<Process> _serving = [];

    public string Folder { get; } = Directory.CreateTempSubdirectory("crdt-cli-").FullName;

    /// <summary>Runs a verb to its end.</summary>
    public async Task<ToolResult> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(Patience);
        return new(process.ExitCode, await output, await errors);
    }

    /// <summary>Runs a verb that has to end with 0, or as it is said, and reads what it reports for scripts.</summary>
    public async Task<JsonNode> JsonAsync(int code, params string[] arguments)
    {
        var result = await RunAsync([.. arguments, "--json"]);
        Assert.True(result.Code == code, result.ToString());
        return JsonNode.Parse(result.Output)!;
    }

    /// <summary>Starts a hub, and waits until it listens.</summary>
    /// <returns>Its address.</returns>
    public async Task<string> ServeAsync(params string[] arguments)
    {
        var process = Start(["serve", .. arguments, "--url", "http://127.0.0.1:0", "--json"]);
        _serving.Add(process);
        _ = process.StandardError.ReadToEndAsync();
        while (await process.StandardOutput.ReadLineAsync().WaitAsync(Patience) is { } line)
        {
            if (JsonNode.Parse(line)?["listening"] is not JsonArray addresses) continue;
            _ = process.StandardOutput.ReadToEndAsync();
            return addresses[0]!.GetValue<string>();
        }

        throw new InvalidOperationException("The hub ended before it listened.");
    }

    /// <summary>Keeps a replica connected to a hub, until the test is over.</summary>
    public void Watch(string address, string replica)
    {
        var process = Start(["watch", address, "-r", replica, "--json"]);
        _serving.Add(process);
        _ = process.StandardOutput.ReadToEndAsync();
        _ = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Makes a Kuzu database that never saw the tool.</summary>
    public void CreateDatabase(string name, params string[] statements)
    {
        using var database = KuzuDatabase.Open(Path.Combine(Folder, name));
        using var connection = database.Connect();
        foreach (var statement in statements) connection.Execute(statement);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _serving)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        Directory.Delete(Folder, recursive: true);
    }

    private Process Start(IEnumerable<string> arguments) => Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "crdt.dll"), .. arguments])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        WorkingDirectory = Folder,
    })!;
}
