namespace Crdt;

/// <summary>A property of type <see cref="long"/> whose changes add up: <c>p.Stock -= 5</c> is a decrement of 5, wherever it is made.</summary>
public sealed class CounterAttribute : FieldAttribute
{
    /// <summary>
    /// A bound that the counter never falls below, in whatever order replicas write and merge, and that it starts at. A replica takes away no more than it has added itself or was
    /// given by others (<see cref="Types.Counters.BoundedCounter"/>); more is an <see cref="InsufficientRightsException"/>. The class gets two members besides: for <c>Stock</c>
    /// these are <c>StockRights</c> and <c>GiveStock(to, amount)</c>. The bound is part of the data: another one makes another field of it.
    /// </summary>
    public long Min { get; set; }

    /// <summary>
    /// Not supported, and reported as CRDT036. Room below a bound has to be handed out once, and two replicas that create one entity
    /// without knowing of each other would each hand it out.
    /// </summary>
    public long Max { get; set; }
}
