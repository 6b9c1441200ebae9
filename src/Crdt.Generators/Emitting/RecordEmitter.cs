using Crdt.Generators.Model;

namespace Crdt.Generators.Emitting;

/// <summary>Emits what only records have: copies that merge on their own, and the text that the compiler asks for.</summary>
internal static class RecordEmitter
{
    public static void Emit(SourceWriter writer, EntityModel entity)
    {
        if (entity.Record is not { } record) return;
        EmitCopy(writer, entity, record);
        if (!record.IsPrintedByUser) EmitText(writer, record);
    }

    private static void EmitCopy(SourceWriter writer, EntityModel entity, RecordModel record)
    {
        var (name, access) = (entity.Declaration.Name, record.IsSealed ? "private" : "protected");
        writer.Write($"""
            /// <summary>Makes a copy of its own: the same entity by the same writer, with what was seen up to now.</summary>
            /// <param name="original">What is copied; it stays as it is.</param>
            {access} {name}({name} original)
            """);
        writer.Open();
        if (entity.Key is { } key) writer.Write($"{key.Member} = original.{key.Member};");
        MemberEmitter.EmitNewFields(writer, entity);
        writer.Write($"{entity.State} = original.{entity.State}.Fork({MemberEmitter.ListOfFields(entity)});");
        if (entity.IsObservable) writer.Write(ObservableEmitter.SubscriptionOf(entity));
        foreach (var member in record.Copied) writer.Write($"this.{member} = original.{member};");
        writer.Close();
        writer.Write("");
    }

    private static void EmitText(SourceWriter writer, RecordModel record)
    {
        writer.Write($"""
            /// <summary>Appends the members that <see cref="object.ToString()"/> shows.</summary>
            /// <param name="builder">Where they are appended.</param>
            /// <returns>Whether there are any.</returns>
            {(record.IsSealed ? "private" : "protected virtual")} bool PrintMembers(global::System.Text.StringBuilder builder)
            """);
        writer.Open();
        writer.Write("global::System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();");
        for (var i = 0; i < record.Printed.Count; i++) writer.Write(Append(record.Printed[i], i > 0 ? ", " : ""));
        writer.Write($"return {Literal.Of(record.Printed.Count > 0)};");
        writer.Close();
        writer.Write("");
    }

    private static string Append(PrintedModel member, string separator) => member.IsSequence
        ? $"builder.Append({Literal.Of($"{separator}{member.Shown} = [")}).AppendJoin(\", \", this.{member.Name}).Append(']');"
        : $"builder.Append({Literal.Of($"{separator}{member.Shown} = ")}).Append((object?)this.{member.Name});";
}
