using System.Collections.Immutable;
using System.Text;
using Crdt.Generators.Baseline;
using Crdt.Generators.Emitting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Crdt.Generators;

/// <summary>Holds the classes against the baseline that the project has, or emits a new one where the build asks for it.</summary>
public sealed partial class CrdtGenerator
{
    private const string Request = "build_property.CrdtWriteSchema";

    private static void Baselines(
        IncrementalGeneratorInitializationContext context,
        IncrementalValueProvider<(ImmutableArray<TypeShape?> Nodes, ImmutableArray<TypeShape?> Relationships)> types)
    {
        var shapes = types.Select((all, _) => ProjectShape.Of(all.Nodes.Concat(all.Relationships))).WithTrackingName(Steps.Shapes);
        var baselines = context.AdditionalTextsProvider
            .Where(file => Path.GetFileName(file.Path) == RecordedBaseline.FileName)
            .Select((file, cancellation) => file.GetText(cancellation) is { } text ? BaselineReader.Read(file.Path, text) : null)
            .WithTrackingName(Steps.Baselines);
        var isRequested = context.AnalyzerConfigOptionsProvider
            .Select((options, _) => IsRequested(options.GlobalOptions))
            .WithTrackingName(Steps.BaselineRequests);
        var sources = shapes.Combine(baselines.Collect()).Combine(isRequested)
            .SelectMany((all, _) => all.Right ? BaselineEmitter.Emit(all.Left.Left, hasBaseline: all.Left.Right.Length > 0) : [])
            .WithTrackingName(Steps.BaselineSources);
        context.RegisterSourceOutput(sources, (output, source) => output.AddSource(BaselineEmitter.HintName, SourceText.From(source, Encoding.UTF8)));

        // One that is about to be written anew is compared with nothing.
        var differences = baselines.Combine(shapes.Combine(isRequested))
            .SelectMany((all, _) => all.Left is null || all.Right.Right ? [] : BaselineComparer.Compare(all.Left, all.Right.Left))
            .WithTrackingName(Steps.Differences);
        context.RegisterSourceOutput(
            differences.Combine(context.CompilationProvider), (output, pair) => output.ReportDiagnostic(pair.Left.ToDiagnostic(pair.Right)));
    }

    private static bool IsRequested(AnalyzerConfigOptions options) =>
        options.TryGetValue(Request, out var value) && string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);
}
