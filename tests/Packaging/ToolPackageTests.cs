namespace Crdt.Tests.Packaging;

/// <summary>The tool as it is installed: with nothing of the repository beside it.</summary>
public sealed class ToolPackageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("crdt-tool-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Who_installs_it_can_make_a_graph_write_to_it_and_ask_it()
    {
        var (feed, bin) = (Path.Combine(_folder, "feed"), Path.Combine(_folder, "bin"));
        await Tool.DotnetAsync(Repository.Root, "pack", "src/Crdt.Cli", "-c", "Release", "--no-build", "-o", feed, "--tl:off");
        await Tool.DotnetAsync(_folder, "tool", "install", "crdt", "--tool-path", bin, "--source", feed, "--no-cache");
        var crdt = Path.Combine(bin, "crdt");
        await File.WriteAllTextAsync(Path.Combine(_folder, "shop.cypher"), "CREATE NODE TABLE Product (sku STRING PRIMARY KEY, price DOUBLE);");
        await Tool.RunAsync(crdt, _folder, "init", "shop", "-r", "north", "--name", "north", "--tables", "shop.cypher");
        await Tool.RunAsync(crdt, _folder, "cypher", "--write", "-r", "north", "CREATE (:Product {sku: 'lamp', price: 49.5})");
        Assert.Contains("lamp", await Tool.RunAsync(crdt, _folder, "cypher", "-r", "north", "MATCH (p:Product) RETURN p.sku"), StringComparison.Ordinal);
        Assert.Contains("\"north\"", await Tool.RunAsync(crdt, _folder, "status", "-r", "north", "--json"), StringComparison.Ordinal);
    }
}
