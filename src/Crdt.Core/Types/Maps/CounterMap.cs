using System.Collections;
using Crdt.Codec;
using Crdt.Schema;
using Crdt.Types.Counters;

namespace Crdt.Types.Maps;

/// <summary>
/// An observed-remove map whose values are counters: changes to one key add up, wherever they are made. A change made
/// concurrently with the key's removal keeps the key, and brings its writer's older total for it along. Iteration has no
/// particular order.
/// </summary>
/// <typeparam name="TKey">The keys.</typeparam>
/// <typeparam name="TKeyCodec">Their canonical bytes.</typeparam>
/// <param name="schema">The field that this is.</param>
public sealed class CounterMap<TKey, TKeyCodec>(FieldSchema schema) : KeyedField<TKey, TKeyCodec, Tally>(FieldKind.CounterMap, schema), ICounterMap<TKey>
    where TKey : notnull
    where TKeyCodec : IValueCodec<TKey>
{
    /// <inheritdoc/>
    public long this[TKey key]
    {
        get => TallyFolding.Read(Store[key]);
        set => Add(key, checked(value - this[key]));
    }

    /// <inheritdoc/>
    public IReadOnlyCollection<TKey> Keys => [.. Store.Entries.Keys];

    /// <inheritdoc/>
    public void Add(TKey key, long change)
    {
        var owned = Own(key, out var before);
        Entity.RequireWritable();
        Store[owned] = TallyFolding.Add(Entity, Id, before, change);
        Entity.Notify(this);
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<TKey, long>> GetEnumerator()
    {
        foreach (var (key, tallies) in Store.Entries) yield return new(key, TallyFolding.Read(tallies));
    }

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    void ICounterMap<TKey>.Clear() => RemoveAll();

    internal override void Apply(in FieldOperation operation)
    {
        var key = operation.ReadKey<TKey, TKeyCodec>();
        if (operation.Verb == FieldVerb.Remove) Remove(key);
        else if (operation.Verb == FieldVerb.Change) Add(key, operation.Amount);
        else throw operation.Unfit(this);
    }

    private protected override DotMapField<TKey, Tally> NewEmpty() => new CounterMap<TKey, TKeyCodec>(Schema);

    private protected override void WritePayload(ref WireWriter writer, Tally payload) => payload.Write(ref writer);

    private protected override Tally ReadPayload(ref WireReader reader) => Tally.Read(ref reader);
}
