using System.Text;

namespace Crdt.Sync.Distributed;

/// <summary>Makes of what somebody has to say against a transaction a text that can be sent and noted, whatever is in it.</summary>
internal static class RefusalText
{
    private const int MaxLength = 300;

    /// <summary>The text, with what is no character replaced, and cut where it is long.</summary>
    public static string Of(string text)
    {
        var valid = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        if (valid.Length <= MaxLength) return valid;
        var end = char.IsHighSurrogate(valid[MaxLength - 2]) ? MaxLength - 2 : MaxLength - 1;
        return string.Concat(valid.AsSpan(0, end), "…");
    }
}
