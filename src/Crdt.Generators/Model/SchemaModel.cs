namespace Crdt.Generators.Model;

/// <summary>A class that lists all annotated classes of the project.</summary>
/// <param name="Declaration">Where it is declared.</param>
/// <param name="MetadataName">Its name in metadata, by which its declaration is found again.</param>
/// <param name="GraphName">What the graph is called.</param>
/// <param name="Version">The version, as a literal.</param>
internal sealed record SchemaModel(DeclarationModel Declaration, string MetadataName, string GraphName, string Version);
