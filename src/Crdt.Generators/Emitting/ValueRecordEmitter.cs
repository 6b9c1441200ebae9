using Crdt.Generators.Model;

namespace Crdt.Generators.Emitting;

/// <summary>Emits the codec of a record that is a value: one for the project, whichever classes hold it.</summary>
internal static class ValueRecordEmitter
{
    private const string Codec = "global::Crdt.Codec";
    private const string Member = Codec + ".RecordMember";

    public static string Emit(ValueRecordModel record) => FileEmitter.Emit(Declaration(record), $" : {Codec}.IValueCodec<{record.Type}>", writer =>
    {
        writer.Write("public static global::Crdt.Schema.ValueKind Kind => global::Crdt.Schema.ValueKind.Record;\n");
        EmitCheck(writer, record);
        writer.Write($"""
            public static {record.Type} Own({record.Type} value) => new(
                {Each(record, ",\n    ", member => $"{Member}.Own<{member.Type}, {member.Codec}>(value.{member.Name})")});

            public static void Write(ref {Codec}.WireWriter writer, {record.Type} value)
            """);
        EmitLines(writer, record, member => $"{Member}.Write<{member.Type}, {member.Codec}>(ref writer, value.{member.Name});");
        writer.Write($"""
            public static {record.Type} Read(ref {Codec}.WireReader reader)
            """);
        EmitRead(writer, record);
        writer.Write($"""
            public static bool Same({record.Type} left, {record.Type} right) =>
                {Each(record, "\n    && ", member => $"{Member}.Same<{member.Type}, {member.Codec}>(left.{member.Name}, right.{member.Name})")};

            public static int Hash({record.Type} value)
            """);
        EmitLines(writer, record, member => $"hash.Add({Member}.Hash<{member.Type}, {member.Codec}>(value.{member.Name}));", "global::System.HashCode hash = default;", "return hash.ToHashCode();");
    });

    private static DeclarationModel Declaration(ValueRecordModel record) => new(record.HintName, ValueRecordModel.Namespace, EquatableArray<string>.Empty, "internal readonly struct", record.Name, "");

    // A value of a derived record would lose what its base doesn't have.
    private static void EmitCheck(SourceWriter writer, ValueRecordModel record)
    {
        writer.Write($"public static void Check({record.Type} value)");
        EmitLines(
            writer,
            record,
            member => $"{Member}.Check<{member.Type}, {member.Codec}>(value.{member.Name}, {Literal.Of(member.Name.TrimStart('@'))});",
            $"{Member}.CheckType<{record.Type}>(value);");
    }

    // A constructor may refuse what no honest writer has written.
    private static void EmitRead(SourceWriter writer, ValueRecordModel record)
    {
        writer.Open();
        for (var i = 0; i < record.Members.Count; i++)
            writer.Write($"{record.Members[i].Type} member{i} = {Member}.Read<{record.Members[i].Type}, {record.Members[i].Codec}>(ref reader);");
        writer.Write("try");
        writer.Open();
        writer.Write($"return new({string.Join(", ", Enumerable.Range(0, record.Members.Count).Select(i => $"member{i}"))});");
        writer.Close();
        writer.Write("catch (global::System.Exception error)");
        writer.Open();
        writer.Write($"throw reader.Malformed({Literal.Of($"not a {record.Type.Replace("global::", "")}: ")} + error.Message);");
        writer.Close();
        writer.Close();
        writer.Write("");
    }

    private static void EmitLines(SourceWriter writer, ValueRecordModel record, Func<MemberModel, string> each, string before = "", string after = "")
    {
        writer.Open();
        if (before.Length > 0) writer.Write(before);
        foreach (var member in record.Members) writer.Write(each(member));
        if (after.Length > 0) writer.Write(after);
        writer.Close();
        writer.Write("");
    }

    private static string Each(ValueRecordModel record, string separator, Func<MemberModel, string> each) => string.Join(separator, record.Members.Select(each));
}
