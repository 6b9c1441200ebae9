namespace Crdt.Samples.Browser.Answers;

[QueryResult]
internal sealed partial record PersonRow(string Id, string? Name, IReadOnlyList<string> Tags);

[QueryResult]
internal sealed partial record PlaceRow(string Id, string? Name, long Stock);

[QueryResult]
internal sealed partial record EndsRow(string Source, string Target);

[QueryResult]
internal sealed partial record CountRow(long Count);
