using Crdt.Kernel;
using Crdt.Types;

namespace Crdt.Entities;

/// <content>Telling listeners what has changed.</content>
public sealed partial class EntityState
{
    /// <summary>Called by a field after a write of its own.</summary>
    internal void Notify(Field field)
    {
        if (Changed is null) return;
        var index = Array.IndexOf(_fields, field);
        if (index >= 0) Changed(Type.Fields[index]);
    }

    /// <summary>What is in force now, for a comparison afterwards; null where nobody listens.</summary>
    private (bool IsAlive, CausalContext[] Fields)? Observed() => Changed is null ? null : (IsAlive, [.. _fields.Select(DotsOf)]);

    private void NotifyOf((bool IsAlive, CausalContext[] Fields)? before)
    {
        if (before is not { } past || Changed is null) return;
        if (past.IsAlive != IsAlive) Changed(null);
        for (var i = 0; i < _fields.Length; i++)
        {
            if (!past.Fields[i].Ranges.SequenceEqual(DotsOf(_fields[i]).Ranges)) Changed?.Invoke(Type.Fields[i]);
        }
    }

    private static CausalContext DotsOf(Field field)
    {
        var dots = new CausalContext();
        field.CollectDots(dots);
        return dots;
    }
}
