using Crdt.CodeFixes;
using Crdt.Tests.Generators.Driving;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace Crdt.Tests.Generators.Fixes;

/// <summary>Applies fixes as an editor does: at what the generator reports, to the text of a document.</summary>
internal static class Mending
{
    public static IReadOnlyList<CodeFixProvider> All { get; } =
    [
        .. typeof(DeclarationFix<>).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(CodeFixProvider)) && !type.IsAbstract)
            .Select(type => (CodeFixProvider)Activator.CreateInstance(type)!),
    ];

    /// <summary>The titles of what is offered for the first mistake, and the text after the first of these; null where there is none.</summary>
    public static async Task<(string[] Titles, string? Mended)> ApplyAsync(string source)
    {
        var finding = Sample.Run(source).Findings[0];
        using var workspace = new AdhocWorkspace();
        var document = workspace.AddProject("Sample", LanguageNames.CSharp).AddDocument("File0.cs", SourceText.From(source));
        var offered = new List<CodeAction>();
        // The place of a generator's finding is one in a file, not in a tree; editors hand it over with the span.
        foreach (var provider in All.Where(provider => provider.FixableDiagnosticIds.Contains(finding.Id)))
            await provider.RegisterCodeFixesAsync(new(document, finding, (action, _) => offered.Add(action), CancellationToken.None));
        if (offered.Count == 0) return ([], null);
        var changes = Assert.IsType<ApplyChangesOperation>(Assert.Single(await offered[0].GetOperationsAsync(CancellationToken.None)));
        var text = await changes.ChangedSolution.GetDocument(document.Id)!.GetTextAsync();
        return ([.. offered.Select(action => action.Title)], text.ToString());
    }
}
