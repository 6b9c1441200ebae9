using Crdt.Codec;

namespace Crdt.Sync.Batches;

/// <summary>Separates what fits into columns from what doesn't.</summary>
internal static class Separation
{
    /// <summary>Makes columns of all that fits into them. O(bytes).</summary>
    /// <param name="items">The things.</param>
    /// <param name="raw">Which of them don't fit, ascending.</param>
    public static TColumns Of<T, TColumns>(IReadOnlyList<T> items, out List<int> raw)
        where TColumns : IColumns<T>, new()
    {
        raw = [];
        try
        {
            return Of<T, TColumns>(items, raw);
        }
        catch (WireFormatException)
        {
            // Hardly ever: only what another build wrote has a form that this one doesn't know. Each is tried by itself.
            for (var i = 0; i < items.Count; i++)
            {
                if (!Fits<T, TColumns>(items[i])) raw.Add(i);
            }

            return Of<T, TColumns>(items, raw);
        }
    }

    private static TColumns Of<T, TColumns>(IReadOnlyList<T> items, List<int> raw)
        where TColumns : IColumns<T>, new()
    {
        var (columns, next) = (new TColumns(), 0);
        for (var i = 0; i < items.Count; i++)
        {
            if (next == raw.Count || raw[next] != i)
            {
                columns.Add(items[i]);
                continue;
            }

            columns.AddRaw();
            next++;
        }

        return columns;
    }

    private static bool Fits<T, TColumns>(T item)
        where TColumns : IColumns<T>, new()
    {
        using var columns = new TColumns();
        try
        {
            columns.Add(item);
            return true;
        }
        catch (WireFormatException)
        {
            return false;
        }
    }
}
