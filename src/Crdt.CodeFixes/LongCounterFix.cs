using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;

namespace Crdt.CodeFixes;

/// <summary>Makes a counter a long.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LongCounterFix)), Shared]
internal sealed class LongCounterFix() : RequiredTypeFix(SyntaxKind.LongKeyword)
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["CRDT011"];
}
