using Crdt.Clocks;
using Crdt.Kernel;
using Crdt.Schema;
using Crdt.Testing.Actions;
using Crdt.Testing.Checks;
using Crdt.Types;

namespace Crdt.Testing.Histories;

/// <content>Writes to fields, and what the model makes of them.</content>
internal sealed partial class World
{
    private readonly ulong[] _numbers = new ulong[3];
    private readonly ulong[] _newest = new ulong[3];
    private readonly ulong[] _stamps = new ulong[3];
    private readonly ulong[] _folded = new ulong[3];

    private void Write(Copy copy, Operation operation)
    {
        if (_actions.Length == 0) return;
        var index = operation.Field % _actions.Length;
        var action = _actions[index].Write(operation.Choice, operation.Place, copy.State.Fields[index].ItemCount);
        Act(copy, index, action);
    }

    private void Remove(Copy copy, Operation operation)
    {
        if (_actions.Length == 0) return;
        var index = operation.Field % _actions.Length;
        if (_actions[index].Remove(operation.Place, copy.State.Fields[index].ItemCount) is { } action) Act(copy, index, action);
    }

    private void Act(Copy copy, int index, FieldAction action)
    {
        var schema = Subject.Fields[index];
        _log?.Add($"{copy} {action.Describe(schema)}");
        var field = copy.State.Fields[index];
        if (!TryRun(copy, field, action)) return;
        var replaced = Replaced(copy, index, field);
        Law.Holds("a write replaces what it has seen of its key", replaced == Expected(copy, index, schema.Kind, action, replaced), copy);
        // Removing what isn't there is nothing, not even a sign of life.
        if (action.Verb == FieldVerb.Remove && replaced == 0) return;
        if (action.IsWrite(schema.Kind) && ObservesStamps(schema.Kind)) Observe(copy, replaced);
        if (Subject.Type.Deletion == Deletion.UpdateWins) Renew(copy);
        HasRemovals |= !action.IsWrite(schema.Kind);
        copy.Forget(replaced);
        if (action.IsWrite(schema.Kind)) Record(copy, index, action, replaced);
    }

    /// <summary>Does it; false where a bounded counter refuses, which must change nothing.</summary>
    private static bool TryRun(Copy copy, Field field, FieldAction action)
    {
        var before = field.Kind == FieldKind.BoundedCounter ? copy.State.Encode() : [];
        if (action.TryRun(field)) return true;
        Law.Same("what a bounded counter refuses changes nothing", before, copy.State.Encode());
        return false;
    }

    /// <summary>The writes that were in force before, and aren't any more.</summary>
    private ulong Replaced(Copy copy, int index, Field field)
    {
        var held = new CausalContext();
        field.CollectDots(held);
        ulong replaced = 0;
        foreach (var i in Bits(In(copy.Live, index)))
        {
            if (!held.Contains(new Dot(IdOf(Writes[i].Replica), Writes[i].Number))) replaced |= 1ul << i;
        }

        return replaced;
    }

    /// <summary>What should be replaced: every write that was seen; of a counter's, those of the writer's own that no other copy has replaced.</summary>
    private ulong Expected(Copy copy, int index, FieldKind kind, FieldAction action, ulong replaced)
    {
        if (kind == FieldKind.List) return replaced == 0 ? 0 : In(copy.Live, index, Writes[Bits(replaced).First()].Key);
        var observed = In(copy.Live, index, action.Place);
        if (action.Verb is not (FieldVerb.Change or FieldVerb.Give)) return observed;
        foreach (var i in Bits(observed))
        {
            // Each write of a bounded counter holds all before it, so that none of them is added up.
            if (kind == FieldKind.BoundedCounter && Writes[i].Replica == copy.Replica) continue;
            if (Writes[i].Replica != copy.Replica || (_folded[copy.Replica] & (1ul << i)) != 0) observed &= ~(1ul << i);
        }

        _folded[copy.Replica] |= observed;
        return observed;
    }

    private static bool ObservesStamps(FieldKind kind) =>
        kind is FieldKind.Register or FieldKind.MultiValue or FieldKind.Max or FieldKind.Min or FieldKind.Map or FieldKind.List;

    private void Observe(Copy copy, ulong replaced)
    {
        foreach (var i in Bits(replaced)) _stamps[copy.Replica] = Math.Max(_stamps[copy.Replica], Writes[i].Stamp);
    }

    private void Renew(Copy copy)
    {
        copy.Forget(In(copy.Live, -1));
        Record(copy, -1, default, 0);
    }

    /// <summary>Where a type has a multiplicity, creating also replaces the stamp of the last connection that was seen.</summary>
    private void Connect(Copy copy)
    {
        var connections = In(copy.Live, -2);
        Observe(copy, connections);
        copy.Forget(connections);
        Record(copy, -2, default, 0);
    }

    private void Record(Copy copy, int field, FieldAction action, ulong replaced)
    {
        var (self, after) = (Writes.Count, _newest[copy.Replica]);
        var (carries, changed, moved) = (1ul << self, self, self);
        foreach (var i in Bits(replaced)) carries |= Writes[i].Carries;
        if (action.Verb == FieldVerb.Replace) moved = Latest(replaced, write => write.Moved);
        if (action.Verb == FieldVerb.Move) changed = Latest(replaced, write => write.Changed);
        _newest[copy.Replica] = ++_numbers[copy.Replica];
        var key = action.Verb switch
        {
            FieldVerb.Insert => $"{copy.Replica}:{_numbers[copy.Replica]}",
            FieldVerb.Replace or FieldVerb.Move => Writes[Bits(replaced).First()].Key,
            _ => action.Place,
        };
        Writes.Add(new(copy.Replica, after, _newest[copy.Replica], field, key, action.Value, action.Verb == FieldVerb.Give ? 0 : action.Amount, NextStamp(copy), carries, changed, moved));
        copy.Learn(1ul << self, 0, 1ul << self);
    }

    /// <summary>The latest of the writes that some writes refer to; of equally late ones that of the highest (replica, number).</summary>
    public int Latest(ulong writes, Func<ModelWrite, int> part)
    {
        var latest = -1;
        foreach (var write in Bits(writes).Select(i => Writes[i]).OrderBy(write => (write.Replica, write.Number)))
        {
            if (latest < 0 || Writes[part(write)].Stamp >= Writes[latest].Stamp) latest = part(write);
        }

        return latest;
    }

    // Another entity takes the replica's next number, which nobody ever sees on this one.
    private void WriteElsewhere(Copy copy)
    {
        _log?.Add($"replica {(char)('A' + copy.Replica)} writes to another entity");
        Another.New(copy.Author).Create();
        _numbers[copy.Replica]++;
        NextStamp(copy);
    }

    private ulong NextStamp(Copy copy) =>
        _stamps[copy.Replica] = Math.Max((ulong)_time[copy.Replica].Milliseconds << 16, _stamps[copy.Replica] + 1);
}
