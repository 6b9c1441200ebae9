using Crdt.Types;

namespace Crdt.Dynamic;

/// <summary>One thing to do to a field, of which everything was checked that doesn't depend on what the field holds.</summary>
/// <param name="Verb">What.</param>
/// <param name="Key">The canonical bytes of the key or element, where there is one.</param>
/// <param name="Value">The canonical bytes of the value; null where null is written.</param>
internal readonly record struct FieldWrite(FieldVerb Verb, byte[] Key, byte[]? Value)
{
    /// <summary>What to add to a counter.</summary>
    public long Amount { get; init; }

    /// <summary>Where in a list.</summary>
    public int Index { get; init; }

    public void Run(Field field) => field.Apply(new(Verb, Key, Value, isAbsent: Value is null) { Amount = Amount, Index = Index });
}
