using System.Reflection;
using Crdt.Generators;
using Crdt.Generators.Analyzing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Crdt.Tests.Generators.Driving;

/// <summary>Source that the generator is run over by hand.</summary>
internal static class Sample
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using Crdt;
        global using Crdt.Types;
        """;

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp13, DocumentationMode.Diagnose);

    // Every warning that the emitted code gives would be one in the user's build.
    private static readonly CSharpCompilationOptions Options = new(
        OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, generalDiagnosticOption: ReportDiagnostic.Error);

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var file && (file.StartsWith("System.", StringComparison.Ordinal) || file is "Crdt.Core.dll"))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>Compiles a project that others refer to, with what is emitted for it.</summary>
    public static MetadataReference Library(string source)
    {
        var image = new MemoryStream();
        Assert.True(Complete(Compile(source).WithAssemblyName("Library")).WithOptions(Options.WithGeneralDiagnosticOption(ReportDiagnostic.Default)).Emit(image).Success);
        return MetadataReference.CreateFromImage(image.ToArray());
    }

    /// <summary>Compiles a project with what is emitted for it, and loads it.</summary>
    public static Assembly Load(CSharpCompilation compilation)
    {
        var image = new MemoryStream();
        Assert.True(Complete(compilation).WithOptions(compilation.Options.WithGeneralDiagnosticOption(ReportDiagnostic.Default)).Emit(image).Success);
        return Assembly.Load(image.ToArray());
    }

    /// <summary>A project with what is emitted for it.</summary>
    public static Compilation Complete(CSharpCompilation compilation)
    {
        Driver().RunGeneratorsAndUpdateCompilation(compilation, out var output, out _);
        return output;
    }

    public static CSharpCompilation Compile(params string[] files) => CSharpCompilation.Create(
        "Sample", [Parse(Usings, -1), .. files.Select(Parse)], References, Options);

    /// <summary>A project without the usings that others have.</summary>
    public static CSharpCompilation CompileBare(params string[] files) => CSharpCompilation.Create("Bare", files.Select(Parse), References, Options);

    public static SyntaxTree Parse(string file, int number = 0) => CSharpSyntaxTree.ParseText(file, ParseOptions, $"File{number}.cs");

    public static GeneratorDriver Driver(Surroundings? around = null) => CSharpGeneratorDriver.Create(
        [new CrdtGenerator().AsSourceGenerator()],
        around?.Texts ?? [],
        ParseOptions,
        around?.Options,
        new(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>The baseline that a build writes, when it is asked to.</summary>
    public static string Baseline(CSharpCompilation compilation) =>
        Run(compilation, new(null, IsBaselineRequested: true)).Emitted["crdt.schema.g.cs"].Split('~')[1].TrimStart('\n');

    /// <summary>What analyzers say of source that compiles.</summary>
    public static IReadOnlyList<Diagnostic> Advise(string source) =>
        Complete(Compile(source)).WithAnalyzers([new GraphValueAnalyzer()]).GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult();

    /// <summary>Runs the generator; it must not throw, whatever the source.</summary>
    public static Outcome Run(params string[] files) => Run(Compile(files));

    /// <summary>Only what the generator reports, without compiling what it emits.</summary>
    public static IReadOnlyList<Diagnostic> RunQuickly(string source, Surroundings around)
    {
        var result = Assert.Single(Driver(around).RunGenerators(Compile(source)).GetRunResult().Results);
        Assert.Null(result.Exception);
        return result.Diagnostics;
    }

    public static Outcome Run(CSharpCompilation compilation, Surroundings? around = null)
    {
        var driver = Driver(around).RunGeneratorsAndUpdateCompilation(compilation, out var output, out _);
        var result = Assert.Single(driver.GetRunResult().Results);
        Assert.Null(result.Exception);
        return new(
            result.Diagnostics,
            [.. output.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)],
            result.GeneratedSources.ToDictionary(source => source.HintName, source => source.SourceText.ToString()));
    }
}
