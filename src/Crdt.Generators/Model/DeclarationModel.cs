namespace Crdt.Generators.Model;

/// <summary>Where a class is declared, so that another part of it can be.</summary>
/// <param name="HintName">The name of the emitted file.</param>
/// <param name="Namespace">Its namespace; empty for the global one.</param>
/// <param name="Containers">The heads of the types around it, outermost first: <c>partial class Outer</c>.</param>
/// <param name="Keywords">What stands before its name: <c>partial class</c>.</param>
/// <param name="Name">Its name, as C# wants it written.</param>
/// <param name="FullName">Its name with <c>global::</c>.</param>
internal sealed record DeclarationModel(
    string HintName,
    string Namespace,
    EquatableArray<string> Containers,
    string Keywords,
    string Name,
    string FullName);
