using Crdt.Generators.Model;

namespace Crdt.Generators.Emitting;

/// <summary>Emits the other part of a node or a relationship.</summary>
internal static class EntityEmitter
{
    public static string Emit(EntityModel entity)
    {
        var name = entity.Declaration.Name;
        var form = entity.Source is null ? "INode" : "IRelationship";
        // A record is equatable by itself.
        var equatable = entity.Record is null ? $",\n    global::System.IEquatable<{name}>" : "";
        var bases = $" :\n    global::Crdt.Entities.{form}<{name}>{equatable}{ObservableEmitter.BaseOf(entity)}";
        return FileEmitter.Emit(entity.Declaration, bases, writer =>
        {
            MemberEmitter.EmitStorage(writer, entity);
            if (entity.Source is null) NodeEmitter.Emit(writer, entity);
            else RelationshipEmitter.Emit(writer, entity);
            RecordEmitter.Emit(writer, entity);
            MemberEmitter.EmitState(writer, entity);
            MemberEmitter.EmitProperties(writer, entity);
            CommonEmitter.Emit(writer, entity);
            if (entity.IsObservable) ObservableEmitter.Emit(writer, entity);
            LayoutEmitter.Emit(writer, entity);
        });
    }
}
