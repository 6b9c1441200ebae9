using System.Diagnostics;
using Crdt.CodeFixes;
using Crdt.Generators;
using Crdt.Tests.Generators.Driving;

namespace Crdt.Tests.Generators.Building;

/// <summary>A project of a user's, outside of the repository, that is built by the command they use.</summary>
internal sealed class ScratchProject : IDisposable
{
    private const string Model = "Model.cs";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly string _folder = Directory.CreateTempSubdirectory("crdt-build-").FullName;

    /// <param name="model">Its source.</param>
    /// <param name="framework">The element that names its framework.</param>
    public ScratchProject(string model, string framework = "<TargetFramework>net10.0</TargetFramework>")
    {
        var library = typeof(CrdtNodeAttribute).Assembly.Location;
        var (generator, fixes) = (typeof(CrdtGenerator).Assembly.Location, typeof(DeclarationFix<>).Assembly.Location);
        Write("Scratch.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                {framework}
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
              <ItemGroup>
                <Reference Include="{library}" />
                <Analyzer Include="{generator};{fixes}" />
              </ItemGroup>
            </Project>
            """);
        // Where NuGet puts the imports of a package, and imported at the same place.
        Directory.CreateDirectory(Path.Combine(_folder, "obj"));
        Write("obj/Scratch.csproj.package.g.targets", $"""
            <Project>
              <Import Project="{Repository.Path("src", "Crdt.Generators", "build", "Crdt.Core.targets")}" />
            </Project>
            """);
        Edit(model);
        Run("restore");
    }

    public string BaselinePath => Path.Combine(_folder, "crdt.schema.json");

    public void Edit(string model) => Write(Model, "using Crdt;\n" + model);

    /// <summary>Builds; gives whether that succeeded, and what was said.</summary>
    public (bool Succeeded, string Output) Build(params string[] arguments) => Run("build", ["--no-restore", "-v:minimal", "-tl:off", .. arguments]);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(_folder, file), text);

    private (bool Succeeded, string Output) Run(string command, params string[] arguments)
    {
        // Neither build nodes nor compilers may outlive the test.
        var start = new ProcessStartInfo("dotnet", [command, .. arguments, "-nodeReuse:false", "-p:UseSharedCompilation=false"])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Patience)) process.Kill(entireProcessTree: true);
        return (process.WaitForExit(Patience) && process.ExitCode == 0, output.Result);
    }
}
