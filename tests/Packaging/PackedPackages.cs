using System.IO.Compression;

[assembly: AssemblyFixture(typeof(Crdt.Tests.Packaging.PackedPackages))]

namespace Crdt.Tests.Packaging;

/// <summary>The packages as 'dotnet pack' makes them, and projects outside of the repository that use that of the library.</summary>
public sealed class PackedPackages : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("crdt-packaging-").FullName;

    private string Feed => Path.Combine(_folder, "feed");

    public async ValueTask InitializeAsync()
    {
        foreach (var project in new[] { "src/Crdt.Core", "src/Crdt.Testing" })
        {
            await Tool.DotnetAsync(Repository.Root, "pack", project, "-c", "Release", "-o", Feed, "--tl:off");
        }

        foreach (var package in new[] { "crdt.core", "crdt.testing" })
        {
            var earlier = Path.Combine(Tool.Packages, package);
            if (Directory.Exists(earlier)) Directory.Delete(earlier, recursive: true);
        }
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>All packages, those of symbols included.</summary>
    internal IEnumerable<string> Files => Directory.EnumerateFiles(Feed);

    /// <summary>Opens a package, by default the library's, or that of its symbols.</summary>
    internal ZipArchive Open(string extension, string package = "Crdt.Core") =>
        ZipFile.OpenRead(Assert.Single(Directory.GetFiles(Feed, $"{package}.*{extension}")));

    /// <summary>Makes a project that installs the package.</summary>
    /// <param name="name">Its folder.</param>
    /// <param name="program">Its code.</param>
    /// <param name="onlyFeed">Whether there is nothing but the package to install from.</param>
    /// <param name="properties">More lines of its group of properties.</param>
    /// <param name="items">More lines of its group of items.</param>
    internal string NewProject(string name, string program, bool onlyFeed, string properties = "", string items = "")
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;
        File.WriteAllText(Path.Combine(folder, "Program.cs"), program);
        File.WriteAllText(Path.Combine(folder, "nuget.config"), $"""
            <configuration>
              <packageSources>
                {(onlyFeed ? "<clear />" : "")}
                <add key="packed" value="{Feed}" />
              </packageSources>
            </configuration>
            """);
        File.WriteAllText(Path.Combine(folder, "App.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <LangVersion>13</LangVersion>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <InvariantGlobalization>true</InvariantGlobalization>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <NuGetAudit>false</NuGetAudit>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Crdt.Core" Version="*" />
                {items}
              </ItemGroup>
            </Project>
            """);
        return folder;
    }
}
