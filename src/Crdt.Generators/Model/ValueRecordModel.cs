namespace Crdt.Generators.Model;

/// <summary>A record that is a value: what its codec is emitted from.</summary>
/// <param name="Type">The C# type, not nullable.</param>
/// <param name="Name">What the codec is called.</param>
/// <param name="Members">Its members in the order of its constructor.</param>
internal sealed record ValueRecordModel(string Type, string Name, EquatableArray<MemberModel> Members)
{
    /// <summary>Where the codecs are, since no class that holds the record owns it.</summary>
    public const string Namespace = "Crdt.Generated";

    /// <summary>The name of the emitted file.</summary>
    public string HintName => $"{Namespace}.{Name}.g.cs";

    /// <summary>The codec's name with <c>global::</c>.</summary>
    public string FullName => $"global::{Namespace}.{Name}";
}
