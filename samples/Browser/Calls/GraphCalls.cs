using System.Diagnostics;
using System.Runtime.InteropServices.JavaScript;
using System.Runtime.Versioning;
using Crdt.Queries;
using Crdt.Samples.Browser.Answers;
using Crdt.Samples.Browser.Sharing;

namespace Crdt.Samples.Browser.Calls;

/// <summary>What the page asks of the graph, all of it in Cypher.</summary>
[SupportedOSPlatform("browser")]
internal static partial class GraphCalls
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>The graph as it is drawn: a <see cref="GraphAnswer"/>.</summary>
    [JSExport]
    public static async Task<string> ReadGraph() => Json.Write(await GraphAnswer.OfAsync(SharedGraph.Current.Replica), Json.Types.GraphAnswer);

    /// <summary>Runs a query that somebody typed: a <see cref="TableAnswer"/>.</summary>
    [JSExport]
    public static async Task<string> Ask(string query)
    {
        var clock = Stopwatch.StartNew();
        var (columns, rows, count) = (Array.Empty<string>(), new List<string?[]>(), 0);
        await foreach (var result in SharedGraph.Current.Replica.QueryManyAsync(query, options: new QueryOptions { Timeout = Limit }))
        {
            (columns, rows, count) = ([.. result.Columns], [], 0);
            foreach (var row in result.Rows)
            {
                if (count++ < TableAnswer.MostRows) rows.Add([.. row.Values.Select(Cell.Text)]);
            }
        }

        return Json.Write(new(columns, [.. rows], count, clock.Elapsed.TotalMilliseconds), Json.Types.TableAnswer);
    }
}
