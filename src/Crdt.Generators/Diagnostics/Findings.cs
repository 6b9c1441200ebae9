using Microsoft.CodeAnalysis;

namespace Crdt.Generators.Diagnostics;

/// <summary>The mistakes found in one class.</summary>
internal sealed class Findings
{
    private readonly List<Finding> _found = [];

    public int Count => _found.Count;

    /// <summary>Whether nothing can be emitted.</summary>
    public bool AreFatal { get; private set; }

    /// <summary>Takes note of a mistake that is reported elsewhere, such as a type that doesn't exist, and keeps anything from being emitted.</summary>
    public void Abandon() => AreFatal = true;

    /// <summary>Adds a mistake that keeps anything from being emitted.</summary>
    public void Add(DiagnosticDescriptor rule, Location? location, params string[] arguments)
    {
        Abandon();
        AddToMember(rule, location, arguments);
    }

    /// <summary>Adds a mistake in one member. The rest is emitted all the same, so that one mistake doesn't become a hundred errors.</summary>
    public void AddToMember(DiagnosticDescriptor rule, Location? location, params string[] arguments) =>
        _found.Add(new(rule.Id, Place.Of(location), new(arguments)));

    public Finding[] ToArray() => [.. _found];
}
