using Crdt.Samples.SocialNetwork.Reporting;

namespace Crdt.Samples.SocialNetwork.Edits;

/// <summary>How many edits of which kind a plan has.</summary>
internal static class EditStatistics
{
    private static readonly (string Name, Func<Edit, bool> Is)[] Kinds =
    [
        ("property changes", edit => edit is ChangeText),
        ("counter moves", edit => edit is Increment),
        ("nicknames added", edit => edit is AddNickname),
        ("nicknames removed", edit => edit is RemoveNickname),
        ("nodes created", edit => edit is CreatePerson or CreateTag),
        ("nodes deleted", edit => edit is Delete),
        ("relationships made", edit => edit is Connect),
        ("relationships ended", edit => edit is Disconnect),
    ];

    public static IEnumerable<string[]> Of(EditPlan plan) =>
        Kinds.Select(kind => (string[])[kind.Name, Format.Count(plan.Office.Count(kind.Is)), Format.Count(plan.Laptop.Count(kind.Is))]);
}
