using Crdt.Generators.Model;

namespace Crdt.Generators.Emitting;

/// <summary>Emits what only nodes have: how they are made and named by their key.</summary>
internal static class NodeEmitter
{
    public static void Emit(SourceWriter writer, EntityModel entity)
    {
        var (name, key) = (entity.Declaration.Name, entity.Key!);
        writer.Write($"""
            /// <summary>Makes a new node.</summary>
            /// <param name="replica">Who writes it.</param>
            /// <param name="{key.Parameter.TrimStart('@')}">The key.</param>
            public {name}(global::Crdt.Replica replica, {key.Value.Type} {key.Parameter})
                : this(IdOf({key.Parameter}), replica ?? throw new global::System.ArgumentNullException("replica"))
                => {entity.State}.Create();

            """);
        MemberEmitter.EmitConstructor(writer, entity);
        writer.Write($"""
            /// <summary>What the node with this key is called everywhere.</summary>
            /// <param name="{key.Parameter.TrimStart('@')}">The key.</param>
            public static global::Crdt.Entities.EntityId IdOf({key.Value.Type} {key.Parameter}) =>
                global::Crdt.Entities.EntityId.Node({entity.Layout}.Type, {KeyEmitter.ToKey(key)});

            """);
    }
}
