using Crdt.Schema;

namespace Crdt.Tests.Properties.Histories;

/// <content>Writes to fields, and what the model makes of them.</content>
internal sealed partial class World
{
    private readonly ulong[] _numbers = new ulong[3];
    private readonly ulong[] _newest = new ulong[3];
    private readonly ulong[] _stamps = new ulong[3];
    private readonly ulong[] _folded = new ulong[3];

    private void Write(Copy copy, Operation operation)
    {
        if (Subject.Fields.Count == 0) return;
        var index = operation.Field % Subject.Fields.Count;
        var field = Subject.Fields[index];
        var choice = operation.Choice % field.Choices;
        _log?.Add($"{copy} {field.Describe(choice)}");
        field.Write(copy.Entity, choice);
        var observed = In(copy.Live, index, field.Kind == FieldKind.Set ? choice : null);
        ulong carries = 0;
        if (field.Kind == FieldKind.Register)
        {
            foreach (var i in Bits(observed)) _stamps[copy.Replica] = Math.Max(_stamps[copy.Replica], Writes[i].Stamp);
        }
        else if (field.Kind == FieldKind.Counter)
        {
            // Rule 8: its own dots on this counter, unless another copy of the same replica has replaced them already.
            foreach (var i in Bits(observed))
            {
                if (Writes[i].Replica != copy.Replica || (_folded[copy.Replica] & (1ul << i)) != 0) observed &= ~(1ul << i);
                else carries |= Writes[i].Carries;
            }

            _folded[copy.Replica] |= observed;
        }

        copy.Forget(observed);
        Record(copy, index, choice, carries, NextStamp(copy));
    }

    private void Remove(Copy copy, Operation operation)
    {
        if (Subject.Fields.Count == 0) return;
        var index = operation.Field % Subject.Fields.Count;
        var field = Subject.Fields[index];
        if (field.Kind != FieldKind.Set) return;
        var choice = operation.Choice % field.Choices;
        _log?.Add($"{copy} {field.DescribeRemoval(choice)}");
        HasDeletions = true;
        field.Remove(copy.Entity, choice);
        copy.Forget(In(copy.Live, index, choice));
    }

    private void Record(Copy copy, int field, int choice, ulong carries, ulong stamp)
    {
        var bit = 1ul << Writes.Count;
        var after = _newest[copy.Replica];
        _newest[copy.Replica] = ++_numbers[copy.Replica];
        Writes.Add(new(copy.Replica, after, _newest[copy.Replica], field, choice, stamp, carries | bit));
        copy.Learn(bit, 0, bit);
    }

    // Another entity takes the replica's next number, which nobody ever sees on this one.
    private void WriteElsewhere(Copy copy)
    {
        _log?.Add($"replica {(char)('A' + copy.Replica)} writes to another entity");
        Another.New(copy.Author).State.Create();
        _numbers[copy.Replica]++;
        NextStamp(copy);
    }

    private ulong NextStamp(Copy copy) =>
        _stamps[copy.Replica] = Math.Max((ulong)_time[copy.Replica].Milliseconds << 16, _stamps[copy.Replica] + 1);
}
