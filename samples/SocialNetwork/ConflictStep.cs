using System.Globalization;
using Crdt.Samples.SocialNetwork.Edits;
using Crdt.Samples.SocialNetwork.Reporting;
using Crdt.Samples.SocialNetwork.Verdict;
using Crdt.Sync;
using Crdt.Sync.Conflicts;

namespace Crdt.Samples.SocialNetwork;

/// <summary>Shows which concurrent edits met, how each kind was settled, and an example of each as both graphs show it.</summary>
internal sealed class ConflictStep(GraphReplica office, GraphReplica laptop, EditPlan plan, Expectation expectation, IReport report)
{
    private readonly EditExamples _examples = plan.Examples;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        report.Begin("Conflicts, and how they were settled");
        var found = await FindAsync(office, cancellationToken);
        var there = await FindAsync(laptop, cancellationToken);
        report.Show(
            ["conflict", "office", "laptop", "rule"],
            found.Keys.Union(there.Keys).Select(kind => (string[])[kind.What, Count(found, kind), Count(there, kind), kind.Rule]));
        await ShowTextAsync(cancellationToken);
        await ShowCounterAsync(cancellationToken);
        await ShowNicknameAsync(cancellationToken);
        await ShowDeletionsAsync(cancellationToken);

        static string Count(Dictionary<(string, string), long> counts, (string, string) kind) => Format.Count(counts.GetValueOrDefault(kind));
    }

    /// <summary>The conflicts that a replica lists, by what met what.</summary>
    private static async Task<Dictionary<(string What, string Rule), long>> FindAsync(GraphReplica replica, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<(string What, string Rule), long>();
        await foreach (var conflict in replica.ConflictsAsync(cancellationToken))
        {
            var kind = (Describe(conflict.Kind), conflict.Resolution.Replace('_', ' '));
            counts[kind] = counts.GetValueOrDefault(kind) + 1;
        }

        return counts;
    }

    private static string Describe(ConflictKind kind) => kind switch
    {
        ConflictKind.ConcurrentUpdate => "changed here, changed there",
        ConflictKind.DeletedAndUpdated => "deleted here, changed there",
        _ => kind.ToString(),
    };

    private async Task ShowTextAsync(CancellationToken cancellationToken)
    {
        var (here, there) = (_examples.OfficeText, _examples.LaptopText);
        var query = $"MATCH (n:{here.Node.Table}) WHERE n.id = $id RETURN n.{here.Column}";
        report.Say($"the last write wins: {here.Column} of {here.Node}, '{here.Value}' and '{there.Value}' → {await BothAsync(query, here.Node.Id, cancellationToken)}");
    }

    private async Task ShowCounterAsync(CancellationToken cancellationToken)
    {
        var (here, there) = (_examples.OfficeAmount, _examples.LaptopAmount);
        var column = here.Node.Table == "Person" ? "points" : "views";
        var query = $"MATCH (n:{here.Node.Table}) WHERE n.id = $id RETURN n.{column}";
        report.Say($"counters add up: {column} of {here.Node}, {Format.Signed(here.Amount)} and {Format.Signed(there.Amount)} make {Format.Signed(expectation.CounterOf(here.Node))}" +
            $" → {await BothAsync(query, here.Node.Id, cancellationToken)}");
    }

    private async Task ShowNicknameAsync(CancellationToken cancellationToken)
    {
        const string Query = "MATCH (p:Person) WHERE p.id = $id RETURN p.nicknames";
        var (person, nickname) = (_examples.Nickname.PersonId, _examples.Nickname.Nickname);
        report.Say($"adding wins: Person {person}, '{nickname}' removed here and added there → {await BothAsync(Query, person, cancellationToken)}");
    }

    private async Task ShowDeletionsAsync(CancellationToken cancellationToken)
    {
        const string Forums = "MATCH (f:Forum) WHERE f.id = $id RETURN count(*)", Interests = "MATCH (:Person)-[i:hasInterest]->(t:Tag) WHERE t.id = $id RETURN count(i)";
        var (changed, interest) = (_examples.ChangedTitle, _examples.Interest);
        report.Say($"deleting wins: {changed.Node}, deleted here and renamed '{changed.Value}' there → rows: {await BothAsync(Forums, changed.Node.Id, cancellationToken)}");
        report.Say($"no relationship without its ends: {interest.Link}, the tag deleted here and connected there → rows: {await BothAsync(Interests, interest.Link.Target, cancellationToken)}");
        var hidden = await HiddenAsync(cancellationToken);
        report.Say($"relationships that are hidden because an end was deleted: {Format.Count(hidden)}");
    }

    /// <summary>Relationships that exist, less those that the graph shows.</summary>
    private async Task<long> HiddenAsync(CancellationToken cancellationToken)
    {
        var existing = await office.CountAsync(cancellationToken);
        var visible = Convert.ToInt64(await ValueAsync(office, "MATCH ()-[r]->() RETURN count(r)", new(), cancellationToken), CultureInfo.InvariantCulture);
        return office.Schema.Types.Where(type => type.IsRelationship).Sum(type => existing[type.Name]) - visible;
    }

    /// <summary>What both graphs answer: one answer where they agree, as they should.</summary>
    private async Task<string> BothAsync(string query, long id, CancellationToken cancellationToken)
    {
        var parameters = new Dictionary<string, object?> { ["id"] = id };
        var here = Cell.Of(await ValueAsync(office, query, parameters, cancellationToken));
        var there = Cell.Of(await ValueAsync(laptop, query, parameters, cancellationToken));
        return here == there ? $"{here} on both" : $"{here} in the office, {there} on the laptop";
    }

    private static async Task<object?> ValueAsync(GraphReplica replica, string query, Dictionary<string, object?> parameters, CancellationToken cancellationToken)
    {
        await foreach (var row in replica.QueryAsync(query, parameters, cancellationToken: cancellationToken)) return row[0];
        return null;
    }
}
