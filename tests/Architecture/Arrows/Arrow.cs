namespace Crdt.Tests.Architecture.Arrows;

/// <summary>What one project may reach, directly or through others.</summary>
/// <param name="Project">The project.</param>
/// <param name="Projects">Projects of the product.</param>
/// <param name="Packages">Packages and shared frameworks; a name that ends in <c>.*</c> stands for all that begin with it.</param>
internal sealed record Arrow(string Project, string[] Projects, string[] Packages)
{
    /// <summary>The arrows of the product. Whoever adds a project adds its line here, which is a decision worth a record in docs/adr.</summary>
    public static IReadOnlyList<Arrow> Table { get; } =
    [
        new("Crdt.Core", [], []),
        new("Crdt.Generators", [], ["Microsoft.CodeAnalysis.*"]),
        new("Crdt.CodeFixes", [], ["Microsoft.CodeAnalysis.*"]),
        new("Crdt.Testing", ["Crdt.Core"], ["FsCheck", "FSharp.Core"]),
        new("Crdt.Sync", ["Crdt.Core"], []),
        new("Crdt.Sqlite", ["Crdt.Core"], ["Microsoft.Data.Sqlite", "SQLitePCLRaw.*"]),
        new("Crdt.Kuzu", ["Crdt.Core", "Crdt.Sync"], []),
        new("Crdt.AspNetCore", ["Crdt.Core", "Crdt.Sync"], ["Microsoft.AspNetCore.App"]),
        new("Crdt.Browser", ["Crdt.Core", "Crdt.Sync", "Crdt.Kuzu"], []),
        new(
            "Crdt.Cli",
            ["Crdt.Core", "Crdt.Sync", "Crdt.Sqlite", "Crdt.Kuzu", "Crdt.AspNetCore", "Crdt.Browser"],
            ["Microsoft.AspNetCore.App", "Microsoft.Data.Sqlite", "SQLitePCLRaw.*", "System.CommandLine", "Spectre.Console"]),
    ];

    public bool AllowsProject(string name) => Projects.Contains(name);

    public bool AllowsPackage(string name) => Packages.Any(package =>
        package.EndsWith(".*", StringComparison.Ordinal) ? name.StartsWith(package[..^1], StringComparison.Ordinal) : name == package);
}
