using System.Collections;
using Crdt.Codec;
using Crdt.Schema;

namespace Crdt.Types.Registers;

/// <summary>
/// A register that chooses nothing: concurrent values stand side by side until one that has seen them replaces them (the
/// multi-value register of Shapiro et al., <i>A comprehensive study of CRDTs</i>, 2011). It reads as its distinct values in
/// the order of their canonical bytes, the same on every replica.
/// </summary>
/// <typeparam name="T">The value.</typeparam>
/// <typeparam name="TCodec">Its canonical bytes.</typeparam>
/// <param name="schema">The field that this is.</param>
public sealed class MultiValueRegister<T, TCodec>(FieldSchema schema) : RegisterField<T, TCodec>(FieldKind.MultiValue, schema), IMultiValue<T>
    where T : notnull
    where TCodec : IValueCodec<T>
{
    /// <inheritdoc/>
    public int Count => Values().Length;

    /// <inheritdoc/>
    public void Set(T value)
    {
        ExactForm.Require<T, TCodec>(value, Schema, "value");
        Replace(value);
    }

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)Values()).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal override void Apply(in FieldOperation operation)
    {
        operation.Require(FieldVerb.Write, this);
        Set(operation.ReadValue<T, TCodec>());
    }

    private protected override DotFunField<Timestamped<T>> NewEmpty() => new MultiValueRegister<T, TCodec>(Schema);

    private T[] Values()
    {
        var values = new List<T>(Store.Count);
        foreach (ref readonly var entry in Store.Entries)
        {
            if (!entry.Value.IsAbsent) values.Add(entry.Value.Value);
        }

        if (values.Count < 2) return [.. values];
        return [.. values.Distinct(CanonicalComparer<T, TCodec>.Instance).Order(CanonicalOrder<T, TCodec>.ByBytes)];
    }
}
