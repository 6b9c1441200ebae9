using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Crdt.Tests.Generators.Driving;

/// <summary>What a build gives the generator besides source: a baseline, and whether to write one.</summary>
internal sealed record Surroundings(string? Baseline, bool IsBaselineRequested = false)
{
    public const string BaselinePath = "project/crdt.schema.json";

    public AdditionalText[] Texts => Baseline is null ? [] : [new BaselineText(Baseline)];

    public AnalyzerConfigOptionsProvider Options => new BuildProperties(IsBaselineRequested);

    private sealed class BaselineText(string text) : AdditionalText
    {
        public override string Path => BaselinePath;

        public override SourceText? GetText(CancellationToken cancellationToken) => SourceText.From(text);
    }

    private sealed class BuildProperties(bool isRequested) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Properties(isRequested ? "true" : "");

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;
    }

    private sealed class Properties(string request) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => (value = key == "build_property.CrdtWriteSchema" ? request : null) is not null;
    }
}
