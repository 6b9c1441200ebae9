using Crdt.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Crdt.Generators.Diagnostics;

/// <summary>A mistake that was found: a rule, the user's line, and what the message names.</summary>
internal sealed record Finding(string Rule, Place? Place, EquatableArray<string> Arguments)
{
    public Diagnostic ToDiagnostic() => ToDiagnostic(Place?.ToLocation());

    public Diagnostic ToDiagnostic(Location? location) => Diagnostic.Create(Rules.Find(Rule), location, [.. Arguments]);
}
