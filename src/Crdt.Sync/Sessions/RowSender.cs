using Crdt.Entities;
using Crdt.Storage;
using Crdt.Sync.Frames;

namespace Crdt.Sync.Sessions;

/// <summary>Sends the rows of a frozen lane in frames of bounded size, at most <see cref="SyncSession.Window"/> of them unconfirmed.</summary>
/// <param name="lane">The lane.</param>
/// <param name="wire">How rows are put into frames.</param>
internal sealed class RowSender(string lane, BatchWire wire)
{
    private const int RowsAtOnce = 1000, WorthSplitting = 200;
    private readonly Queue<StoredEntity> _rows = new();
    private Func<SessionAction?> _read = static () => null;
    private int _atOnce = RowsAtOnce;
    private bool _isReading;
    private bool _hasReadAll;

    /// <summary>How many frames the peer has not confirmed.</summary>
    public int Unconfirmed { get; private set; }

    /// <summary>Whether the last frame was sent.</summary>
    public bool HasSentAll { get; private set; }

    /// <summary>
    /// Sends the rows of some items. The first half of them goes ahead, so that the peer has something to do while the others are read: no round more, as both frames are within the window.
    /// </summary>
    public IEnumerable<SessionAction> SendItems(IReadOnlyList<ulong> items)
    {
        if (items.Count >= WorthSplitting) _atOnce = Math.Min(items.Count / 2, RowsAtOnce);
        var next = 0;
        _read = () =>
        {
            if (next >= items.Count) return null;
            var some = items.Skip(next).Take(_atOnce).ToArray();
            next += some.Length;
            return new SessionAction.ReadRows(lane, some);
        };
        return Continue();
    }

    /// <summary>Sends every row of the lane.</summary>
    public IEnumerable<SessionAction> SendAll()
    {
        _read = () => new SessionAction.ScanRows(lane, default, RowsAtOnce);
        return Continue();
    }

    /// <summary>Takes rows that were read.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="next">Where a scan goes on; null at its end, and for rows that were read by their items.</param>
    /// <param name="isScan">Whether they come from a scan.</param>
    public IEnumerable<SessionAction> Take(IReadOnlyList<StoredEntity> rows, EntityId? next, bool isScan)
    {
        _isReading = false;
        foreach (var row in rows) _rows.Enqueue(row);
        if (isScan) _read = () => next is { } after ? new SessionAction.ScanRows(lane, after, RowsAtOnce) : null;
        return Continue();
    }

    /// <summary>Takes a confirmation.</summary>
    public IEnumerable<SessionAction> Confirm()
    {
        Unconfirmed--;
        return Continue();
    }

    private IEnumerable<SessionAction> Continue()
    {
        while (!HasSentAll && !_isReading && Unconfirmed < SyncSession.Window)
        {
            if (_rows.Count < _atOnce && !_hasReadAll)
            {
                if (_read() is { } action)
                {
                    _isReading = true;
                    yield return action;
                    yield break;
                }

                _hasReadAll = true;
            }

            var batch = wire.EncodeRows(_rows);
            _atOnce = RowsAtOnce;
            HasSentAll = _hasReadAll && _rows.Count == 0;
            Unconfirmed++;
            yield return new SessionAction.Send(new Frame.Rows(lane, batch, HasSentAll).Encode());
        }
    }
}
