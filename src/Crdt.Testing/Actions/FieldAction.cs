using Crdt.Schema;
using Crdt.Types;

namespace Crdt.Testing.Actions;

/// <summary>One thing that a history does to one field.</summary>
/// <param name="Verb">What.</param>
/// <param name="Key">The key or element, where the field has any, or who is given something.</param>
/// <param name="Value">The value, where one is written.</param>
/// <param name="Amount">What is added to a counter, or given away of its rights.</param>
/// <param name="Index">Where in a list.</param>
/// <param name="To">Where to in a list.</param>
internal readonly record struct FieldAction(FieldVerb Verb, Choice Key, Choice Value, long Amount, int Index, int To)
{
    /// <summary>Whether a dot is given for it, besides those for liveness.</summary>
    public bool IsWrite(FieldKind kind) => kind switch
    {
        FieldKind.EnableWins => Value.Bytes[0] == 1,
        FieldKind.DisableWins => Value.Bytes[0] == 0,
        _ => Verb != FieldVerb.Remove,
    };

    /// <summary>The name of what it writes to within the field. Who is given something has no place of its own.</summary>
    public string Place => Verb == FieldVerb.Give ? "" : Convert.ToHexString(Key.Bytes ?? []);

    public void Run(Field field)
    {
        var operation = new FieldOperation(Verb, Key.Bytes, Value.Bytes, Value.IsAbsent) { Amount = Amount, Index = Index, To = To };
        field.Apply(operation);
    }

    /// <summary>Does it; false where a bounded counter refuses, for want of rights or because a replica would give something to itself.</summary>
    public bool TryRun(Field field)
    {
        try
        {
            Run(field);
            return true;
        }
        catch (Exception error) when (field.Kind == FieldKind.BoundedCounter && error is (ArgumentException or InvalidOperationException))
        {
            return false;
        }
    }

    public string Describe(FieldSchema field) => (field.Kind, Verb) switch
    {
        (FieldKind.Map, FieldVerb.Write) => $"sets {field.Name}[{Key.Words}] to {Value.Words}",
        (FieldKind.CounterMap, FieldVerb.Change) => $"adds {Amount} to {field.Name}[{Key.Words}]",
        (FieldKind.List, FieldVerb.Remove) => $"removes item {Index} of {field.Name}",
        (_, FieldVerb.Give) => $"gives {Amount} of {field.Name} to {Key.Words}",
        (_, FieldVerb.Change) => $"adds {Amount} to {field.Name}",
        (_, FieldVerb.Add) => $"adds {Key.Words} to {field.Name}",
        (_, FieldVerb.Remove) => $"removes {Key.Words} from {field.Name}",
        (_, FieldVerb.Insert) => $"inserts {Value.Words} into {field.Name} at {Index}",
        (_, FieldVerb.Replace) => $"sets item {Index} of {field.Name} to {Value.Words}",
        (_, FieldVerb.Move) => $"moves item {Index} of {field.Name} to {To}",
        _ => $"sets {field.Name} to {Value.Words}",
    };
}
