namespace Crdt.Samples.Browser.Answers;

/// <summary>What a query returned.</summary>
internal sealed record TableAnswer(string[] Columns, string?[][] Rows, double Milliseconds);
