namespace Crdt.Queries;

/// <summary>
/// Finds the column of a member: the one of its name, else the only one of its name in other case; else, as <c>p.Name</c> is what
/// <c>RETURN p.Name</c> calls its column, the only one with its name after a dot, and at last the only one with that in other case.
/// </summary>
internal static class ColumnFinder
{
    private static readonly Func<string, string, bool>[] Rules =
    [
        static (column, name) => column == name,
        static (column, name) => string.Equals(column, name, StringComparison.OrdinalIgnoreCase),
        static (column, name) => EndsWith(column, name, StringComparison.Ordinal),
        static (column, name) => EndsWith(column, name, StringComparison.OrdinalIgnoreCase),
    ];

    /// <summary>The columns of all members. O(members × columns), once for a result.</summary>
    /// <exception cref="QueryResultException">A member has none, or more than one.</exception>
    public static int[] FindAll(ResultShape shape, IReadOnlyList<string> columns) => [.. shape.Members.Select(member => Find(shape, member, columns))];

    private static int Find(ResultShape shape, ResultMember member, IReadOnlyList<string> columns)
    {
        foreach (var rule in Rules)
        {
            var found = Enumerable.Range(0, columns.Count).Where(i => rule(columns[i], member.Column)).ToArray();
            if (found.Length == 1) return found[0];
            if (found.Length > 1) throw Ambiguous(shape, member, found.Select(i => columns[i]));
        }

        throw new QueryResultException(
            $"The result has no column '{member.Column}' for '{shape.Type}.{member.Name}', only {string.Join(", ", columns.Select(column => $"'{column}'"))}.")
        {
            Column = member.Column,
            Member = $"{shape.Type}.{member.Name}",
        };
    }

    private static QueryResultException Ambiguous(ResultShape shape, ResultMember member, IEnumerable<string> found) => new(
        $"'{shape.Type}.{member.Name}' can be read from more than one column, {string.Join(" and ", found.Select(column => $"'{column}'"))}; "
        + $"say AS {member.Column} in the query, or [Column] at the member.")
    {
        Column = member.Column,
        Member = $"{shape.Type}.{member.Name}",
    };

    private static bool EndsWith(string column, string name, StringComparison comparison) =>
        column.Length > name.Length && column[^(name.Length + 1)] == '.' && column.EndsWith(name, comparison);
}
