using Crdt.Generators.Model;

namespace Crdt.Generators.Emitting;

/// <summary>
/// Emits the descriptors of the type and its fields, as a class of their own: so they are there whenever they are asked
/// for, whatever static fields the user's part of the class has and whichever class is touched first.
/// </summary>
internal static class LayoutEmitter
{
    private const string Schema = "global::Crdt.Schema";

    public static void Emit(SourceWriter writer, EntityModel entity)
    {
        writer.Write($"""
            // A class of its own, so that it is there whatever static fields the user's part has.
            private static class {entity.Layout}
            """);
        writer.Open();
        foreach (var field in entity.Fields)
        {
            writer.Write($"public static readonly {Schema}.FieldSchema {field.Descriptor} = {Describe(field)};\n");
        }

        writer.Write($"public static readonly {Schema}.EntityType Type = new(");
        var (name, lane) = (Literal.Of(entity.DataName), entity.Lane.Length == 0 ? $"{Schema}.EntityType.MainLane" : Literal.Of(entity.Lane));
        var fields = string.Join(", ", entity.Fields.Select(field => field.Descriptor));
        writer.Write($"    {name}, {name}, {lane}, {Describe(entity.Key)},");
        writer.Write($"    {Describe(entity.Source)}, {Describe(entity.Target)}{(fields.Length == 0 ? "" : $",\n    {fields}")}){Rules(entity)};");
        writer.Close();
    }

    private static string Rules(EntityModel entity)
    {
        var deletion = entity.UpdateWins ? "\n    Deletion = global::Crdt.Deletion.UpdateWins," : "";
        var multiplicity = entity.Multiplicity.Length == 0 ? "" : $"\n    Multiplicity = global::Crdt.Multiplicity.{entity.Multiplicity},";
        var ends = entity.OnEndDeleted.Length == 0 ? "" : $"\n    OnEndDeleted = global::Crdt.OnEndDeleted.{entity.OnEndDeleted},";
        return deletion.Length + multiplicity.Length + ends.Length == 0 ? "" : $"\n{{{deletion}{multiplicity}{ends}\n}}";
    }

    private static string Describe(FieldModel field)
    {
        var (name, nullable) = (Literal.Of(field.DataName), Literal.Of(field.Nullable));
        var descriptor = $"new(\n    {name}, {Schema}.FieldKind.{field.Form}, {field.Value.Schema}, {nullable}, {name})";
        var more = new List<string>();
        if (field.Key is { } key) more.Add($"\n    Key = {key.Schema},");
        if (field.Form == FieldForm.BoundedCounter) more.Add($"\n    Min = {Literal.Of(field.Min)},");
        if (field.IsUnique) more.Add("\n    IsUnique = true,");
        if (field.Rule.Length > 0) more.Add($"\n    Rule = {RuleOf(field)},");
        return more.Count == 0 ? descriptor : $"{descriptor}\n{{{string.Concat(more)}\n}}";
    }

    private static string RuleOf(FieldModel field)
    {
        var rule = $"global::Crdt.Types.Registers.ResolutionRule{MemberEmitter.ArgumentsOf(field)}";
        return field.Rule[0] == '.' ? rule + field.Rule : $"new {rule}({field.Rule})";
    }

    private static string Describe(KeyModel? key) =>
        key is null ? "null" : $"new({Literal.Of(key.DataName)}, {key.Value.Schema}, {Literal.Of(key.DataName)})";

    private static string Describe(string? end) => end is null ? "null" : $"{end}.EntityType";
}
