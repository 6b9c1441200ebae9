using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Crdt.Sync;
using Crdt.Sync.Conflicts;

namespace Crdt.Cli.Output;

/// <summary>Conflicts for people and scripts, under ids that are the same on every replica.</summary>
internal static class ConflictText
{
    private const int IdLength = 10;

    /// <summary>What a conflict is called: it follows from where it is and what met.</summary>
    public static string IdOf(Conflict conflict)
    {
        var met = string.Join(',', conflict.Competing.Select(write => write.Dot.ToString()));
        var text = $"{conflict.Kind}|{conflict.Entity}|{conflict.Field?.Id}|{Value(conflict.Key)}|{conflict.Owner}|{conflict.Shown}|{met}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..IdLength];
    }

    /// <summary>The conflict of an id, of which the beginning is enough.</summary>
    /// <exception cref="ToolException">There is none, or several begin so.</exception>
    public static async Task<Conflict> FindAsync(GraphReplica replica, string id, CancellationToken cancellationToken)
    {
        var found = await replica.ConflictsAsync(cancellationToken).Where(conflict => IdOf(conflict).StartsWith(id, StringComparison.OrdinalIgnoreCase)).ToListAsync(cancellationToken).ConfigureAwait(false);
        return found.Count switch
        {
            1 => found[0],
            0 => throw new ToolException(ExitCode.Usage, $"There is no conflict '{id}' any more: it was settled, or written to since it was listed; 'crdt conflicts list' has those that there are."),
            _ => throw new ToolException(ExitCode.Usage, $"The ids of {found.Count} conflicts begin with '{id}': write more of it."),
        };
    }

    /// <summary>A conflict for scripts.</summary>
    public static JsonObject Describe(Conflict conflict) => new()
    {
        ["id"] = IdOf(conflict),
        ["kind"] = conflict.Kind.ToString(),
        ["type"] = conflict.Type.Name,
        ["entity"] = EntityText.Of(conflict.Type, conflict.Entity),
        ["field"] = conflict.Field?.Name,
        ["key"] = Value(conflict.Key),
        ["reads"] = Value(conflict.Reads),
        ["resolution"] = conflict.Resolution,
        ["writes"] = new JsonArray([.. conflict.Competing.Select(write => new JsonObject { ["replica"] = write.Dot.Replica.ToString(), ["time"] = write.Stamp.ToString(), ["offline"] = write.Offline, ["value"] = Value(write.Value) })]),
        ["hidden"] = new JsonObject(conflict.Hidden.Select(field => KeyValuePair.Create<string, JsonNode?>(field.Key, Value(field.Value)))),
    };

    /// <summary>A value as text.</summary>
    public static string? Value(object? value) => value switch
    {
        null => null,
        string text => text,
        byte[] bytes => Convert.ToBase64String(bytes),
        System.Collections.IEnumerable many => $"[{string.Join(", ", many.Cast<object?>().Select(Value))}]",
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
