using Crdt.Entities;
using Crdt.Schema;

namespace Crdt.Tests.Properties.Subjects;

/// <summary>Entities made of fields directly, without a generated class.</summary>
internal static class BareSubject
{
    private static readonly EntityType Model = new("Subject", "Subject", EntityType.MainLane, new KeySchema("Id", ValueKind.Int64, "Id"), null, null);

    public static Subject Of(string name, params FieldFactory[] fields) => Of(name, Deletion.DeleteWins, fields);

    public static Subject Of(string name, Deletion deletion, params FieldFactory[] fields)
    {
        var like = new EntityType(Model.Name, Model.Table, Model.Lane, Model.Key, null, null) { Deletion = deletion };
        return Subject.OfFields(name, like, EntityId.Node(Model, 42L), [.. fields.Select(field => field.Schema)], () => [.. fields.Select(field => field.New())]);
    }

    /// <summary>Does to the only field of a subject what its histories may do.</summary>
    /// <param name="subject">The subject.</param>
    /// <param name="state">A copy of it.</param>
    /// <param name="choice">Which value of its palette.</param>
    public static void Write(this Subject subject, EntityState state, byte choice) =>
        subject.Actions[0].Write(choice, 0, state.Fields[0].ItemCount).Run(state.Fields[0]);
}
