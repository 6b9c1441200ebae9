namespace Crdt.Tests.Cli;

/// <summary>What the tool said, and what it ended with.</summary>
internal sealed record ToolResult(int Code, string Output, string Errors)
{
    public override string ToString() => $"ended with {Code}\n{Output}\n{Errors}";
}
