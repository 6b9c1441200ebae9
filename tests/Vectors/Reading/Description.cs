using System.Collections;
using Crdt.Clocks;
using Crdt.Entities;
using Crdt.Kernel;
using Crdt.Schema;
using Crdt.Types;
using Crdt.Types.Counters;

namespace Crdt.Tests.Vectors.Reading;

/// <summary>What something decoded says, line by line, through the members that users see.</summary>
internal static class Description
{
    public static IReadOnlyList<string> Of(EntityState state) =>
    [
        $"identity {state.Id}",
        $"seen {Words.Of(state.Context)}",
        state.IsAlive ? $"alive by {Words.Of(Held(state.Liveness))}" : "not alive",
        .. state.Fields.Where(field => !field.IsEmpty).OrderBy(field => field.Id).SelectMany(field => Of(NameOf(state, field), field)),
    ];

    public static IReadOnlyList<string> Of(EntityId id, EntityType type)
    {
        var key = type.Key is null ? "no key" : $"the {type.Key.Value} key '{id.KeyOf(type)}'";
        return id.IsRelationship
            ? [$"{type.Name} with {key}", $"from {id.Source}", $"to {id.Target}"]
            : [$"{type.Name} with {key}"];
    }

    public static IReadOnlyList<string> Of(GraphSchema schema) =>
    [
        $"{schema}",
        .. schema.Types.SelectMany(type => type.Fields.Select(Of).Prepend(
            $"{type.Name}, number {type.Id:x8}, in table {type.Table} and lane {type.Lane}, {type.Deletion}{(type.IsConstrained ? $", {type.Multiplicity}" : "")}{(type.OnEndDeleted == OnEndDeleted.Hide ? "" : $", ends {type.OnEndDeleted}")}, "
            + $"{(type.Key is { } key ? $"{key.Value} key {key.Name} in column {key.Column}" : "no key")}"
            + $"{(type.IsRelationship ? $", from {type.Source.Name} to {type.Target.Name}" : "")}")),
    ];

    public static string Of(FieldSchema field) =>
        $"{field.Name} {field.Kind}{BoundOf(field)} of {field.Value}{(field.Nullable ? "?" : "")}{(field.IsUnique ? ", unique" : "")}{(field.Key is { } key ? $" by {key}" : "")}, number {field.Id:x8}, in column {field.Column}";

    public static string BoundOf(FieldSchema field) => field.Kind == FieldKind.BoundedCounter ? $" from {field.Min}" : "";

    private static IEnumerable<string> Of(string name, Field field)
    {
        var dots = new CausalContext();
        field.CollectDots(dots);
        yield return $"{name} = {Value(field)}, held by {Words.Of(dots)}";
        if (field is BoundedCounter bounded)
        {
            foreach (var share in bounded.Rights.Holders) yield return $"{name} has {share.Amount} that {Words.Of(share.Replica)} may take away";
        }

        if (field.GetType().GetProperty("Siblings")?.GetValue(field) is not IEnumerable siblings) yield break;
        foreach (var sibling in siblings)
        {
            var offline = Part<bool>(sibling, "Offline") ? ", offline" : "";
            yield return $"{name} has {Words.Of(Part<object>(sibling, "Value"))} by {Words.Of(Part<Dot>(sibling, "Dot"))} at {Part<Stamp>(sibling, "Stamp")}{offline}";
        }
    }

    private static string Value(Field field)
    {
        if (field is not IEnumerable items) return field.GetType().GetProperty("Value") is { } value ? Words.Of(value.GetValue(field)) : "kept as bytes";
        var shown = items.Cast<object>().Select(item => item.GetType().GetProperty("Key") is null
            ? Words.Of(item)
            : $"{Words.Of(Part<object>(item, "Key"))}: {Words.Of(Part<object>(item, "Value"))}");
        // Only a list has an order of its own.
        return $"[{string.Join(", ", field.Kind == FieldKind.List ? shown : shown.Order(StringComparer.Ordinal))}]";
    }

    private static T Part<T>(object whole, string name) => (T)whole.GetType().GetProperty(name)!.GetValue(whole)!;

    private static string NameOf(EntityState state, Field field) => state.Type.FindField(field.Id)!.Name;

    private static CausalContext Held(DotFun<Presence> dots)
    {
        var context = new CausalContext();
        dots.CollectDots(context);
        return context;
    }
}
