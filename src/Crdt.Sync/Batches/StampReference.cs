namespace Crdt.Sync.Batches;

/// <summary>
/// What a stamp is written as a difference to: the first of its row, which itself refers to the first of the row before. The milliseconds are one
/// number; where they are the reference's, the counter is a difference too. A stamp of zero, which many items of lists have, stands apart.
/// </summary>
internal sealed class StampReference
{
    private const int CounterBits = 16;

    private ulong _first;
    private int _row;

    /// <summary>The two numbers that stand for a stamp.</summary>
    public (ulong Time, ulong Tick) Code(int row, ulong stamp)
    {
        if (stamp == 0) return default;
        var reference = _first;
        Settle(row, stamp);
        var time = (long)(stamp >> CounterBits) - (long)(reference >> CounterBits);
        var tick = time == 0 ? Base128.ZigZag((ushort)stamp - (ushort)reference) : (ushort)stamp;
        return (Base128.ZigZag(time) + 1, tick);
    }

    /// <summary>The stamp that two numbers stand for; false where they stand for none.</summary>
    public bool TryRead(int row, ulong time, ulong tick, out ulong stamp)
    {
        stamp = 0;
        if (time == 0) return tick == 0;
        var difference = Base128.UnZigZag(time - 1);
        var milliseconds = (ulong)((long)(_first >> CounterBits) + difference);
        var counter = difference == 0 ? (ulong)((ushort)_first + Base128.UnZigZag(tick)) : tick;
        if (milliseconds >> (64 - CounterBits) != 0 || counter > ushort.MaxValue) return false;
        stamp = (milliseconds << CounterBits) | counter;
        Settle(row, stamp);
        return stamp != 0;
    }

    private void Settle(int row, ulong stamp)
    {
        if (_row != row) (_first, _row) = (stamp, row);
    }
}
