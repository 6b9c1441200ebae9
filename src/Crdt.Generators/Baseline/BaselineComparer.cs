using Crdt.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Crdt.Generators.Baseline;

/// <summary>Holds classes against a baseline: by the same differences for which replicas refuse each other.</summary>
internal static class BaselineComparer
{
    private const int MostNamed = 5;

    public static IEnumerable<Difference> Compare(RecordedBaseline baseline, ProjectShape shape)
    {
        if (baseline.Fault is { } fault) return [new(fault)];
        // Mistakes first: a property that can't be read would seem gone.
        if (!shape.IsWhole) return [];
        var now = shape.Types.ToDictionary(type => type.Name);
        return baseline.Types
            .SelectMany(was => now.TryGetValue(was.Name, out var type) ? OfType(was, type) : [Gone(was.Place, $"type '{was.Name}'")])
            .Concat(OfAdded(baseline, shape.Types));
    }

    private static IEnumerable<Difference> OfType(TypeShape was, TypeShape now)
    {
        foreach (var (before, after) in Differences(was, now)) yield return Changed(Rules.TypeChanged, now.Name, before, after) with { Class = now.Class };
        var fields = now.Fields.ToDictionary(field => field.Name);
        foreach (var before in was.Fields)
        {
            if (!fields.TryGetValue(before.Name, out var after)) yield return Gone(before.Place, $"field '{was.Name}.{before.Name}'");
            if (after is null || before.Described == after.Described) continue;
            var change = Changed(Rules.FieldChanged, $"{now.Name}.{after.Name}", before.Described, after.Described);
            yield return change with { Class = now.Class, Property = after.Property };
        }
    }

    private static IEnumerable<(string Before, string After)> Differences(TypeShape was, TypeShape now)
    {
        if (was.Form != now.Form)
        {
            // All else differs with it.
            yield return ($"a {was.Form}", $"a {now.Form}");
            yield break;
        }

        if (was.Key != now.Key) yield return (Keyed(was), Keyed(now));
        if ((was.Source, was.Target) != (now.Source, now.Target)) yield return (Ends(was), Ends(now));
        if (was.Lane != now.Lane) yield return ($"in lane '{was.Lane}'", $"in lane '{now.Lane}'");
        if (was.Deletion != now.Deletion) yield return ($"resolved by {was.Deletion}", $"resolved by {now.Deletion}");
        if (was.Ends != now.Ends) yield return (Ended(was), Ended(now));
        if (was.Multiplicity != now.Multiplicity) yield return (Multiplied(was), Multiplied(now));
    }

    private static string Keyed(TypeShape type) => type.Key.Length == 0 ? "without a key" : $"known by a key of {type.Key}";

    private static string Multiplied(TypeShape type) => type.Multiplicity.Length == 0 ? "ManyMany" : type.Multiplicity;

    private static string Ended(TypeShape type) => $"of the rule {(type.Ends.Length == 0 ? "Hide" : type.Ends)} for deleted ends";

    private static string Ends(TypeShape type) => $"from '{type.Source}' to '{type.Target}'";

    private static Difference Changed(DiagnosticDescriptor rule, string what, string before, string after) =>
        new(new Finding(rule.Id, null, new([what, before, after])));

    private static Difference Gone(Place? place, string what) => new(new(Rules.GoneFromCode.Id, place, new([what])));

    private static IEnumerable<Difference> OfAdded(RecordedBaseline baseline, IReadOnlyList<TypeShape> types)
    {
        var recorded = baseline.Types.ToDictionary(type => type.Name, type => new HashSet<string>(type.Fields.Select(field => field.Name)));
        var added = types.SelectMany(type => recorded.TryGetValue(type.Name, out var fields)
            ? type.Fields.Where(field => !fields.Contains(field.Name)).Select(field => $"'{type.Name}.{field.Name}'")
            : [$"'{type.Name}'"]).ToList();
        if (added.Count == 0) yield break;
        var rest = added.Count > MostNamed ? $" and {added.Count - MostNamed} more" : "";
        yield return new(new(Rules.BaselineOutOfDate.Id, baseline.Top, new([string.Join(", ", added.Take(MostNamed)) + rest])));
    }
}
