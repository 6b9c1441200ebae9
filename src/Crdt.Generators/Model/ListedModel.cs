namespace Crdt.Generators.Model;

/// <summary>What a schema needs to know of an annotated class in order to list it.</summary>
/// <param name="FullName">Its name with <c>global::</c>.</param>
/// <param name="MetadataName">Its name in metadata, by which its declaration is found again.</param>
/// <param name="DataName">Its name in the data.</param>
/// <param name="IsRelationship">Whether it connects two others.</param>
/// <param name="IsReachable">Whether all code of the project may name it.</param>
internal sealed record ListedModel(string FullName, string MetadataName, string DataName, bool IsRelationship, bool IsReachable);
