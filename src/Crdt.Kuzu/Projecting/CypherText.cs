using Crdt.Projection;

namespace Crdt.Kuzu.Projecting;

/// <summary>
/// Takes a query apart into its statements. The engine takes parameters only for single statements; and of several it runs on after
/// a COMMIT, outside of the transaction that can only read, so that whatever follows would write.
/// </summary>
internal static class CypherText
{
    private static readonly string[] OfTransactions = ["BEGIN", "COMMIT", "ROLLBACK", "CHECKPOINT"];
    private static readonly string[] InFront = ["EXPLAIN", "PROFILE", "LOGICAL"];

    /// <summary>The statements, in their order; the query as it is where there is none. O(length).</summary>
    /// <param name="query">The query.</param>
    /// <param name="parameters">The names of the parameters that there are values for.</param>
    /// <exception cref="ProjectionException">A statement begins or ends a transaction, or no statement has one of the parameters.</exception>
    public static IReadOnlyList<CypherStatement> Split(string query, IEnumerable<string> parameters)
    {
        var names = parameters.ToArray();
        var statements = new List<CypherStatement>();
        for (var start = 0; start < query.Length;)
        {
            var scan = new CypherScanner(query, start);
            scan.ToEnd();
            RequireQuery(scan.Words);
            if (scan.Words.Count > 0) statements.Add(new(query[start..scan.Position], [.. names.Where(scan.Parameters.Contains)]));
            start = scan.Position + 1;
        }

        // The engine knows best which parameters a statement has, and what is wrong with a query that has none.
        if (statements.Count <= 1) return [new(statements.Count == 0 ? query : statements[0].Text, names)];
        var unused = names.FirstOrDefault(name => statements.All(statement => !statement.Parameters.Contains(name)));
        return unused is null ? statements : throw new ProjectionException($"The query failed: no statement has the parameter '{unused}'.");
    }

    private static void RequireQuery(IEnumerable<string> words)
    {
        var first = words.SkipWhile(word => InFront.Contains(word, StringComparer.OrdinalIgnoreCase)).FirstOrDefault();
        if (OfTransactions.Contains(first, StringComparer.OrdinalIgnoreCase))
            throw new ProjectionException($"The query failed: it runs in a transaction that only reads, and {first} is not for it to say.");
    }
}
