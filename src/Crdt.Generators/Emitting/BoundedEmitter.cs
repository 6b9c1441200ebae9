using Crdt.Generators.Model;

namespace Crdt.Generators.Emitting;

/// <summary>Emits what a bounded counter has besides its property: who has which rights, giving some away, and asking for some.</summary>
internal static class BoundedEmitter
{
    private static readonly string[] Accesses = ["public", "protected", "internal", "private"];

    public static void Emit(SourceWriter writer, FieldModel field)
    {
        var property = field.Property;
        // Whoever may not take anything away may not give the right to it either.
        var (reading, writing) = (AccessOf(property.Modifiers), AccessOf(property.Setter));
        writer.Write($$"""
            /// <summary>Who may take how much away from <see cref="{{property.Name}}"/>, as far as this copy knows.</summary>
            {{reading}}global::Crdt.Types.Counters.EscrowRights {{BoundedNames.Rights(property.Name)}} => {{field.Member}}.Rights;

            /// <inheritdoc cref="global::Crdt.Types.Counters.BoundedCounter.Give(global::Crdt.Clocks.ReplicaId, long)"/>
            {{(writing.Length > 0 ? writing : reading)}}void {{BoundedNames.Give(property.Name)}}(global::Crdt.Clocks.ReplicaId to, long amount) => {{field.Member}}.Give(to, amount);

            /// <inheritdoc cref="global::Crdt.Types.Counters.BoundedCounter.Ask(long)"/>
            {{(writing.Length > 0 ? writing : reading)}}void {{BoundedNames.Ask(property.Name)}}(long amount) => {{field.Member}}.Ask(amount);

            """);
    }

    private static string AccessOf(string modifiers) => string.Concat(modifiers.Split(' ').Where(Accesses.Contains).Select(access => access + " "));
}
