using Crdt.Clocks;
using Crdt.Schema;
using Crdt.Testing.Histories;
using Crdt.Types;

namespace Crdt.Testing.Actions;

/// <summary>All that a history can do to one field of a schema.</summary>
internal sealed class FieldActions
{
    private static readonly long[] Amounts = [1, 10, 100, -3, 1_000, 0, -20_000, int.MaxValue];
    private static readonly Choice[] Nothing = [new([], "")];

    private readonly FieldSchema _field;
    private readonly Choice[] _keys;
    private readonly Choice[] _values;

    public FieldActions(FieldSchema field)
    {
        _field = field;
        _keys = field.Kind switch
        {
            FieldKind.Set => Palette.Of(field.Value),
            FieldKind.Map or FieldKind.CounterMap => Palette.Keys(field.Key!),
            FieldKind.BoundedCounter => [.. Enumerable.Range(0, World.Replicas).Select(Receiver)],
            _ => Nothing,
        };
        _values = field.Kind switch
        {
            FieldKind.Register or FieldKind.Map => Palette.Of(field),
            FieldKind.Set or FieldKind.Counter or FieldKind.GrowOnlyCounter or FieldKind.BoundedCounter or FieldKind.CounterMap => Nothing,
            _ => Palette.Of(field.Value),
        };
    }

    public FieldSchema Field => _field;

    /// <summary>Something that writes.</summary>
    /// <param name="choice">Which value.</param>
    /// <param name="place">Which key or place.</param>
    /// <param name="items">How many items a list has.</param>
    public FieldAction Write(byte choice, byte place, int items)
    {
        var (key, value) = (_keys[place % _keys.Length], _values[choice % _values.Length]);
        var amount = Amounts[choice % Amounts.Length];
        if (_field.Kind == FieldKind.GrowOnlyCounter) amount = Math.Abs(amount);
        if (_field.Kind == FieldKind.BoundedCounter) return WriteBounded(choice, key, amount);
        return _field.Kind == FieldKind.List ? WriteItem(choice, place, value, items) : new(Verb, key, value, amount, 0, 0);
    }

    /// <summary>Something that removes; null where fields of this kind have nothing to remove, or nothing is there.</summary>
    public FieldAction? Remove(byte place, int items) => _field.Kind switch
    {
        FieldKind.Set or FieldKind.Map or FieldKind.CounterMap => new(FieldVerb.Remove, _keys[place % _keys.Length], Nothing[0], 0, 0, 0),
        FieldKind.List when items > 0 => new(FieldVerb.Remove, Nothing[0], Nothing[0], 0, place % items, 0),
        _ => null,
    };

    private FieldVerb Verb => _field.Kind switch
    {
        FieldKind.Counter or FieldKind.GrowOnlyCounter or FieldKind.CounterMap => FieldVerb.Change,
        FieldKind.Set => FieldVerb.Add,
        _ => FieldVerb.Write,
    };

    // Many of these are refused, for want of rights or because a replica gives something to itself.
    private static FieldAction WriteBounded(byte choice, Choice receiver, long amount) => choice / Amounts.Length % 3 == 2
        ? new(FieldVerb.Give, receiver, Nothing[0], amount, 0, 0)
        : new(FieldVerb.Change, Nothing[0], Nothing[0], amount, 0, 0);

    private static Choice Receiver(int replica)
    {
        var id = new byte[ReplicaId.Size];
        World.IdOf(replica).Write(id);
        return new(id, $"replica {(char)('A' + replica)}");
    }

    // Half of all writes insert, so that there is something to move and to replace.
    private static FieldAction WriteItem(byte choice, byte place, Choice value, int items)
    {
        if (items == 0 || choice % 4 < 2) return new(FieldVerb.Insert, Nothing[0], value, 0, place % (items + 1), 0);
        return choice % 4 == 2
            ? new(FieldVerb.Replace, Nothing[0], value, 0, place % items, 0)
            : new(FieldVerb.Move, Nothing[0], value, 0, place % items, choice / 4 % items);
    }
}
