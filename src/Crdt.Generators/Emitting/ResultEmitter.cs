using Crdt.Generators.Model;

namespace Crdt.Generators.Emitting;

/// <summary>Emits how a type is made of a row.</summary>
internal static class ResultEmitter
{
    private const string Queries = "global::Crdt.Queries";

    public static string Emit(ResultModel result)
    {
        var type = result.Declaration.FullName;
        var form = $"{Queries}.IQueryResult<{type}>";
        return FileEmitter.Emit(result.Declaration, $" :\n    {form}", writer =>
        {
            var members = result.Parameters.Concat(result.Properties);
            writer.Write($$"""
                static {{Queries}}.ResultShape {{form}}.Shape { get; } = new(
                    {{Literal.Of(result.Shown)}}{{string.Concat(members.Select(Described))}});

                static {{type}} {{form}}.Read({{Queries}}.MemberReader members) => {{Made(result)}}
                """);
            if (result.Properties.Count > 0) EmitProperties(writer, result);
        });
    }

    private static string Made(ResultModel result)
    {
        if (!result.IsMakeable) return "default!;";
        return $"new({Arguments(result.Parameters)}){(result.Properties.Count > 0 ? "" : ";")}";
    }

    private static string Described(ResultMemberModel member) =>
        $",\n    new {Queries}.ResultMember({Literal.Of(member.Shown)}{(member.Column == member.Shown ? "" : $", {Literal.Of(member.Column)}")})";

    private static string Arguments(EquatableArray<ResultMemberModel> parameters) =>
        string.Join(",", parameters.Select((parameter, number) => "\n    " + Read(parameter, number)));

    private static void EmitProperties(SourceWriter writer, ResultModel result)
    {
        writer.Open();
        for (var i = 0; i < result.Properties.Count; i++) writer.Write($"{result.Properties[i].Name} = {Read(result.Properties[i], result.Parameters.Count + i)},");
        writer.Close(";");
    }

    private static string Read(ResultMemberModel member, int number) =>
        member.Reader.Length == 0 ? $"default{(member.Type.Length == 0 ? "" : $"({member.Type})")}!" : $"members.Read<{member.Type}>({number}, {member.Reader})";
}
