using Microsoft.CodeAnalysis;

namespace Crdt.Generators.Diagnostics;

/// <summary>The mistakes found in one class.</summary>
internal sealed class Findings
{
    private readonly List<Finding> _found = [];

    public int Count => _found.Count;

    /// <summary>Whether nothing can be emitted, be it for a mistake found here or for one that the compiler reports itself.</summary>
    public bool AreFatal { get; private set; }

    /// <summary>Takes note of a mistake that the compiler reports itself, such as a type that doesn't exist.</summary>
    public void LeaveToCompiler() => AreFatal = true;

    public void Add(DiagnosticDescriptor rule, Location? location, params string[] arguments)
    {
        AreFatal = true;
        _found.Add(new(rule.Id, Place.Of(location), new(arguments)));
    }

    public Finding[] ToArray() => [.. _found];
}
