namespace Crdt.Samples.Browser.Answers;

/// <summary>What a query returned.</summary>
/// <param name="Columns">The names of its columns.</param>
/// <param name="Rows">The first of its rows, at most <see cref="MostRows"/>.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Milliseconds">How long it took.</param>
internal sealed record TableAnswer(string[] Columns, string?[][] Rows, int Count, double Milliseconds)
{
    public const int MostRows = 500;
}
