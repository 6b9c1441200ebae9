using Crdt.Generators.Model;

namespace Crdt.Generators.Emitting;

/// <summary>Emits what only relationships have: how they are made and named by their ends.</summary>
internal static class RelationshipEmitter
{
    private const string EntityId = "global::Crdt.Entities.EntityId";

    public static void Emit(SourceWriter writer, EntityModel entity)
    {
        var parameter = entity.Key is { } key ? $", {key.Value.Type} {key.Parameter}" : "";
        var argument = entity.Key is { } named ? $", {named.Parameter}" : "";
        EmitConstructor(writer, entity, entity.EndAccess, entity.Source!, entity.Target!, parameter, argument);
        EmitConstructor(writer, entity, "public", EntityId, EntityId, parameter, argument);
        MemberEmitter.EmitConstructor(writer, entity);
        EmitIdentity(writer, entity, parameter, argument);
        writer.Write($"""
            /// <summary>The node that it starts from.</summary>
            public {EntityId} SourceId => {entity.State}.Id.Source;

            /// <summary>The node that it leads to.</summary>
            public {EntityId} TargetId => {entity.State}.Id.Target;

            """);
    }

    private static void EmitConstructor(
        SourceWriter writer, EntityModel entity, string access, string source, string target, string parameter, string argument)
    {
        var name = entity.Declaration.Name;
        writer.Write("/// <summary>Makes a new relationship between two nodes.</summary>");
        writer.Write("/// <param name=\"replica\">Who writes it.</param>");
        EmitParameters(writer, entity);
        writer.Write($"""
            {access} {name}(global::Crdt.Replica replica, {source} source, {target} target{parameter})
                : this(IdOf(source, target{argument}), replica ?? throw new global::System.ArgumentNullException("replica"))
                => {entity.State}.Create();

            """);
    }

    private static void EmitIdentity(SourceWriter writer, EntityModel entity, string parameter, string argument)
    {
        var discriminator = entity.Key is { } key ? $", {KeyEmitter.ToKey(key)}" : "";
        writer.Write("/// <summary>What the relationship between these nodes is called everywhere.</summary>");
        EmitParameters(writer, entity);
        writer.Write($"""
            public static {EntityId} IdOf({EntityId} source, {EntityId} target{parameter}) =>
                {EntityId}.Relationship({entity.Layout}.Type, source, target{discriminator});

            /// <summary>What the relationship between these nodes is called everywhere.</summary>
            """);
        EmitParameters(writer, entity);
        writer.Write($"""
            {entity.EndAccess} static {EntityId} IdOf({entity.Source} source, {entity.Target} target{parameter}) =>
                IdOf({IdOf("source")}, {IdOf("target")}{argument});

            """);
    }

    private static void EmitParameters(SourceWriter writer, EntityModel entity)
    {
        writer.Write("""
            /// <param name="source">The node that it starts from.</param>
            /// <param name="target">The node that it leads to.</param>
            """);
        if (entity.Key is { } key)
            writer.Write($"/// <param name=\"{key.Parameter.TrimStart('@')}\">What tells it from others between the same nodes.</param>");
    }

    // A node's State may be an explicit implementation.
    private static string IdOf(string end) => $"((global::Crdt.Entities.IEntity){end}).State.Id";
}
