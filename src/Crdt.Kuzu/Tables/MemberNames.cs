using Crdt.Kuzu.Binding;
using Crdt.Schema;

namespace Crdt.Kuzu.Tables;

/// <summary>
/// What the members of a record are called as fields of a struct: as in the record. Their names are part of the data and can't be chosen for
/// the database, so one that the engine doesn't take is altered, and none is refused.
/// </summary>
internal static class MemberNames
{
    /// <summary>The names in the order of the members. They differ, case aside.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<ValueMember> members)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return [.. members.Select((member, i) => Take(member.Name, i, taken))];
    }

    private static string Take(string name, int index, HashSet<string> taken)
    {
        while (CypherName.IsValid(name) && (CypherName.IsReserved(name) || taken.Contains(name))) name += "_";
        if (!CypherName.IsValid(name)) return Take($"Item{index + 1}", index, taken);
        taken.Add(name);
        return name;
    }
}
