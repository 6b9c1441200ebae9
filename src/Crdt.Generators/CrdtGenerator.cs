using System.Text;
using Crdt.Generators.Baseline;
using Crdt.Generators.Diagnostics;
using Crdt.Generators.Emitting;
using Crdt.Generators.Model;
using Crdt.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Crdt.Generators;

/// <summary>
/// Completes classes marked <c>[CrdtNode]</c>, <c>[CrdtRel]</c> and <c>[CrdtSchema]</c>, and types marked <c>[QueryResult]</c>. Symbols become models that equal
/// each other by value, and only models go on to the emitters: an edit elsewhere ends at the first step.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed partial class CrdtGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var declarations = context.CompilationProvider.WithComparer(DeclarationComparer.Instance);
        var (nodes, nodeShapes) = Entities(context, declarations, Annotations.Node, Steps.Nodes, Steps.NodeModels, Steps.NodeFindings);
        var (relationships, relationshipShapes) = Entities(
            context, declarations, Annotations.Relationship, Steps.Relationships, Steps.RelationshipModels, Steps.RelationshipFindings);
        var entities = Together(nodes, relationships);
        var listed = entities
            .Select((all, _) => new EquatableArray<ListedModel>([.. all.SelectMany(entity => entity.Listed)]))
            .WithTrackingName(Steps.Listed);
        var records = entities
            .SelectMany((all, _) => all.SelectMany(entity => entity.Fields).SelectMany(RecordsOf).Distinct())
            .WithTrackingName(Steps.Records);
        context.RegisterSourceOutput(records, (output, record) => output.AddSource(record.HintName, SourceText.From(ValueRecordEmitter.Emit(record), Encoding.UTF8)));
        Schemas(context, declarations, listed);
        Baselines(context, Together(nodeShapes, relationshipShapes));
        Results(context, declarations);
        Strays(context);
    }

    private static (IncrementalValuesProvider<EntityModel> Models, IncrementalValuesProvider<TypeShape?> Shapes) Entities(
        IncrementalGeneratorInitializationContext context, IncrementalValueProvider<Compilation> declarations,
        string annotation, string step, string modelStep, string findingStep)
    {
        var parsed = Parse(context, declarations, annotation, EntityParser.Parse).WithTrackingName(step);
        Report(context, parsed.SelectMany((entity, _) => entity.Findings).WithTrackingName(findingStep));
        var models = parsed.Select((entity, _) => entity.Model).Where(model => model is not null).Select((model, _) => model!).WithTrackingName(modelStep);
        context.RegisterSourceOutput(models, (output, model) => Add(output, model.Declaration, EntityEmitter.Emit(model)));
        return (models, parsed.Select((entity, _) => TypeShape.Of(entity.Model)).WithTrackingName(Steps.TypeShapes));
    }

    private static void Schemas(
        IncrementalGeneratorInitializationContext context, IncrementalValueProvider<Compilation> declarations,
        IncrementalValueProvider<EquatableArray<ListedModel>> listed)
    {
        var parsed = Parse(context, declarations, Annotations.Schema, SchemaParser.Parse).WithTrackingName(Steps.Schemas);
        Report(context, parsed.SelectMany((schema, _) => schema.Findings).WithTrackingName(Steps.SchemaFindings));
        var models = parsed.Select((schema, _) => schema.Model).Where(model => model is not null).Select((model, _) => model!)
            .WithTrackingName(Steps.SchemaModels);
        var graphs = models.Combine(listed).Select((pair, _) => GraphParser.Parse(pair.Left, pair.Right)).WithTrackingName(Steps.Graphs);
        context.RegisterSourceOutput(graphs, (output, graph) => Add(output, graph.Schema.Declaration, SchemaEmitter.Emit(graph)));

        // There are none as a rule, and then nothing is combined with the compilation, which every edit replaces.
        var clashes = Gather(models).Combine(listed).SelectMany((all, _) => GraphParser.FindClashes(all.Left, all.Right)).WithTrackingName(Steps.Clashes);
        context.RegisterSourceOutput(clashes.Combine(context.CompilationProvider), (output, pair) => Report(output, pair.Left, pair.Right));
    }

    private static void Results(IncrementalGeneratorInitializationContext context, IncrementalValueProvider<Compilation> declarations)
    {
        var parsed = Parse(context, declarations, Annotations.QueryResult, ResultParser.Parse).WithTrackingName(Steps.Results);
        Report(context, parsed.SelectMany((result, _) => result.Findings).WithTrackingName(Steps.ResultFindings));
        var models = parsed.Select((result, _) => result.Model).Where(model => model is not null).Select((model, _) => model!)
            .WithTrackingName(Steps.ResultModels);
        context.RegisterSourceOutput(models, (output, model) => Add(output, model.Declaration, ResultEmitter.Emit(model)));
    }

    // One look at the syntax rather than one for each attribute, of which there are many.
    private static void Strays(IncrementalGeneratorInitializationContext context) => Report(context, context.SyntaxProvider
        .CreateSyntaxProvider(StrayParser.IsCandidate, (found, cancellation) => StrayParser.Parse(found.SemanticModel.GetDeclaredSymbol(found.Node, cancellation)))
        .SelectMany((findings, _) => findings)
        .WithTrackingName(Steps.Strays));

    private static IEnumerable<ValueRecordModel> RecordsOf(FieldModel field) => field.Key is { } key ? key.Records.Concat(field.Value.Records) : field.Value.Records;

    private static IncrementalValuesProvider<Parsed<TModel>> Parse<TModel>(
        IncrementalGeneratorInitializationContext context, IncrementalValueProvider<Compilation> declarations,
        string annotation, Func<INamedTypeSymbol, AttributeData, CancellationToken, Parsed<TModel>> parse)
        where TModel : class => context.SyntaxProvider
            .ForAttributeWithMetadataName(
                annotation,
                (node, _) => node is TypeDeclarationSyntax,
                (found, _) => new AnnotatedDeclaration((TypeDeclarationSyntax)found.TargetNode, found.SemanticModel.Compilation))
            .Combine(declarations)
            .Select((pair, cancellation) => pair.Left.Find(annotation, pair.Right, cancellation) is var (type, attribute)
                ? parse(type, attribute, cancellation)
                : Parsed<TModel>.Nothing);

    // The compiler's own way to collect yields a struct; see the array.
    private static IncrementalValueProvider<EquatableArray<T>> Gather<T>(IncrementalValuesProvider<T> items)
        where T : class? => items.Collect().Select((all, _) => new EquatableArray<T>([.. all]));

    private static IncrementalValueProvider<EquatableArray<T>> Together<T>(IncrementalValuesProvider<T> first, IncrementalValuesProvider<T> second)
        where T : class? => Gather(first).Combine(Gather(second)).Select((all, _) => new EquatableArray<T>([.. all.Left, .. all.Right]));

    private static void Add(SourceProductionContext output, DeclarationModel declaration, string source) =>
        output.AddSource(declaration.HintName, SourceText.From(source, Encoding.UTF8));

    private static void Report(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<Finding> findings) =>
        context.RegisterSourceOutput(findings, (output, finding) => output.ReportDiagnostic(finding.ToDiagnostic()));

    private static void Report(SourceProductionContext output, ClashModel clash, Compilation compilation)
    {
        var declaration = compilation.Assembly.GetTypeByMetadataName(clash.MetadataName);
        output.ReportDiagnostic(clash.Finding.ToDiagnostic(declaration is null ? null : Symbols.PlaceOf(declaration)));
    }
}
