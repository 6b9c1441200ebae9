using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;

namespace Crdt.CodeFixes;

/// <summary>Makes a flag a bool.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(BoolFlagFix)), Shared]
internal sealed class BoolFlagFix() : RequiredTypeFix(SyntaxKind.BoolKeyword)
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["CRDT030"];
}
