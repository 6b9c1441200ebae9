namespace Crdt.Sync.Batches;

/// <summary>
/// What the number of a dot is written as a difference to: the first that the same replica has in the row or, for that one, in the last row
/// that had one. What was written together has numbers close together, whatever was written since.
/// </summary>
/// <param name="replicas">How many replicas the batch has.</param>
internal sealed class DotReference(int replicas)
{
    private ulong[] _firsts = new ulong[replicas];
    private int[] _rows = new int[replicas];

    /// <summary>The difference that stands for a number.</summary>
    /// <param name="replica">The replica's number in the batch.</param>
    /// <param name="row">The row's, from 1.</param>
    /// <param name="number">The dot's.</param>
    public ulong Code(int replica, int row, ulong number)
    {
        if (replica >= _firsts.Length) Grow(replica + 1);
        var reference = _firsts[replica];
        Settle(replica, row, number);
        return Base128.ZigZag((long)(number - reference));
    }

    /// <summary>The number that a difference stands for.</summary>
    public ulong Number(int replica, int row, ulong code)
    {
        var number = _firsts[replica] + (ulong)Base128.UnZigZag(code);
        Settle(replica, row, number);
        return number;
    }

    /// <summary>Makes a number what the others of a row refer to.</summary>
    public void Anchor(int replica, int row, ulong number)
    {
        if (replica >= _firsts.Length) Grow(replica + 1);
        Settle(replica, row, number);
    }

    private void Settle(int replica, int row, ulong number)
    {
        if (_rows[replica] != row) (_firsts[replica], _rows[replica]) = (number, row);
    }

    private void Grow(int needed)
    {
        Array.Resize(ref _firsts, Math.Max(needed, _firsts.Length * 2));
        Array.Resize(ref _rows, _firsts.Length);
    }
}
