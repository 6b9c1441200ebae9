using System.Text;
using Crdt.Generators.Baseline;
using Crdt.Generators.Emitting;
using Crdt.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Crdt.Generators;

/// <summary>Holds the classes against the baseline that the project has, or emits a new one where the build asks for it.</summary>
public sealed partial class CrdtGenerator
{
    private const string Request = "build_property.CrdtWriteSchema";

    private static void Baselines(
        IncrementalGeneratorInitializationContext context, IncrementalValueProvider<EquatableArray<TypeShape?>> types)
    {
        var shapes = types.Select((all, _) => ProjectShape.Of(all)).WithTrackingName(Steps.Shapes);
        var baselines = context.AdditionalTextsProvider
            .Where(file => Path.GetFileName(file.Path) == RecordedBaseline.FileName)
            .Select((file, cancellation) => file.GetText(cancellation) is { } text ? BaselineReader.Read(file.Path, text) : null)
            .WithTrackingName(Steps.Baselines);
        var request = Gather(baselines).Combine(context.AnalyzerConfigOptionsProvider)
            .Select((all, _) => new BaselineRequest(IsRequested(all.Right.GlobalOptions), HasBaseline: all.Left.Count > 0))
            .WithTrackingName(Steps.BaselineRequests);
        var requested = shapes.Combine(request);
        var sources = requested
            .SelectMany((all, _) => all.Right.IsMade ? BaselineEmitter.Emit(all.Left, all.Right.HasBaseline) : [])
            .WithTrackingName(Steps.BaselineSources);
        context.RegisterSourceOutput(sources, (output, source) => output.AddSource(BaselineEmitter.HintName, SourceText.From(source, Encoding.UTF8)));

        // One that is about to be written anew is compared with nothing.
        var compared = requested.Select((all, _) => all.Right.IsMade ? null : all.Left);
        var differences = baselines.Combine(compared)
            .SelectMany((all, _) => all is ({ } baseline, { } shape) ? BaselineComparer.Compare(baseline, shape) : [])
            .WithTrackingName(Steps.Differences);
        context.RegisterSourceOutput(
            differences.Combine(context.CompilationProvider), (output, pair) => output.ReportDiagnostic(pair.Left.ToDiagnostic(pair.Right)));
    }

    private static bool IsRequested(AnalyzerConfigOptions options) =>
        options.TryGetValue(Request, out var value) && string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);
}
