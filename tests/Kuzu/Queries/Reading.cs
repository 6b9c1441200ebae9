using Crdt.Queries;
using Crdt.Tests.Kuzu.Projection;

namespace Crdt.Tests.Kuzu.Queries;

/// <summary>Reads results into types, as a replica does.</summary>
internal static class Reading
{
    public static async Task<List<T>> ReadAsync<T>(this Shown shown, string query)
        where T : IQueryResult<T>
    {
        var rows = new List<T>();
        await foreach (var result in shown.Projection.QueryAsync(query)) rows.AddRange(result.RowsAs<T>());
        return rows;
    }
}
