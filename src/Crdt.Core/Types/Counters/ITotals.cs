namespace Crdt.Types.Counters;

/// <summary>What one replica has done to a counter in all, so that its newest write can stand for the earlier ones.</summary>
/// <typeparam name="TSelf">The totals.</typeparam>
internal interface ITotals<TSelf>
    where TSelf : struct, ITotals<TSelf>
{
    /// <summary>The totals of both.</summary>
    /// <exception cref="OverflowException">One of them would exceed its range.</exception>
    TSelf Plus(TSelf other);
}
