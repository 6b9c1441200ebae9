using System.Collections.Immutable;
using Crdt.Generators.Diagnostics;
using Crdt.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Crdt.Generators.Analyzing;

/// <summary>
/// Points out properties whose type the graph database doesn't hold exactly: what is lost with ordinary values, and not the lowest integers
/// or texts of 256 KiB. It reports no mistakes, so it is an analyzer: these run beside the generator, and only where they are wanted.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class GraphValueAnalyzer : DiagnosticAnalyzer
{
    // As in docs/kuzu.md, of values that have a column of their own: the JSON of sets, lists and maps is exact.
    private static readonly Dictionary<string, string> Losses = new()
    {
        ["System.DateTime"] = "is rounded down to the microsecond",
        ["System.DateTimeOffset"] = "is shown in UTC, without its offset, and rounded down to the microsecond",
        ["System.TimeSpan"] = "is cut to whole microseconds",
        ["decimal"] = "is shown as text, and sorted as such",
        ["byte[]"] = "is shown as NULL where it has more than 4,096 bytes",
    };

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.ShownInexactly];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Analyze, SymbolKind.Property);
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        var property = (IPropertySymbol)context.Symbol;
        if (property.ContainingType is not { } type || !(Annotations.Has(type, Annotations.Node) || Annotations.Has(type, Annotations.Relationship))) return;
        if (property.GetAttributes().FirstOrDefault(Annotations.IsOnProperty) is not { } role || Annotations.NameOf(role) == Annotations.Key) return;
        var (shown, loss) = Find(property.Type);
        // Whoever declares the digits of a decimal knows that it is rounded to them.
        if (loss is null || Annotations.Has(property, Annotations.Decimal)) return;
        context.ReportDiagnostic(Diagnostic.Create(Rules.ShownInexactly, Symbols.PlaceOf(property), type.Name, property.Name, shown, loss));
    }

    /// <summary>The type, nullable or not, and what is lost of its values.</summary>
    private static (string? Shown, string? Loss) Find(ITypeSymbol type)
    {
        var bare = type.WithNullableAnnotation(NullableAnnotation.NotAnnotated);
        if (Losses.TryGetValue(bare.ToDisplayString(), out var loss)) return (bare.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat), loss);
        return bare is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? Find(nullable.TypeArguments[0]) : default;
    }
}
