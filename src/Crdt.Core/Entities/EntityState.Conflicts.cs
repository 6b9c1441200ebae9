using Crdt.Conflicts;
using Crdt.Schema;

namespace Crdt.Entities;

/// <content>What a rule had to choose among, and how a person settles it.</content>
public sealed partial class EntityState
{
    /// <summary>
    /// The conflicts of this copy: for an entity that exists, registers and keys of maps with concurrent writes; for a deleted one, what
    /// was written to it concurrently, unless updates win. O(state).
    /// </summary>
    public IReadOnlyList<EntityConflict> Conflicts
    {
        get
        {
            if (IsAlive) return [.. _fields.SelectMany((mine, i) => mine.Conflicts(Type.Fields[i]))];
            if (Type.Deletion == Deletion.UpdateWins) return [];
            var hidden = HiddenFields();
            return hidden.Length == 0 ? [] : [new DeletionConflict(this, hidden)];
        }
    }

    /// <summary>The fields that hold writes which a deletion would have removed, in an entity that isn't alive.</summary>
    private FieldSchema[] HiddenFields() => [.. Type.Fields.Where((_, i) => !_fields[i].IsEmpty && !_fields[i].OutlivesDeletion)];

    /// <summary>Brings the entity back without removing what is hidden of it.</summary>
    internal void Restore()
    {
        RequireOpen();
        var before = Observed();
        Renew(Next());
        NoteConnection();
        NotifyOf(before);
    }

    /// <summary>Removes what is hidden of the entity.</summary>
    internal void Dismiss()
    {
        RequireOpen();
        var before = Observed();
        RemoveObserved();
        NotifyOf(before);
    }
}
