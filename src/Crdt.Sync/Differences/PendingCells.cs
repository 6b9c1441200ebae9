using System.Numerics;

namespace Crdt.Sync.Differences;

/// <summary>Numbers of cells that are to be tested, the highest first: a set of bits under a second one that says which words have any.</summary>
internal sealed class PendingCells
{
    private ulong[] _words = [];
    private ulong[] _summary = [];

    /// <summary>Makes room for numbers below a limit.</summary>
    public void Grow(int limit)
    {
        Array.Resize(ref _words, (limit + 63) / 64);
        Array.Resize(ref _summary, (_words.Length + 63) / 64);
    }

    public void Add(int cell)
    {
        _words[cell >> 6] |= 1UL << cell;
        _summary[cell >> 12] |= 1UL << (cell >> 6);
    }

    /// <summary>Takes the highest number out; −1 where there is none.</summary>
    public int TakeHighest()
    {
        for (var group = _summary.Length - 1; group >= 0; group--)
        {
            if (_summary[group] == 0) continue;
            var word = (group << 6) + BitOperations.Log2(_summary[group]);
            var cell = (word << 6) + BitOperations.Log2(_words[word]);
            _words[word] &= ~(1UL << cell);
            if (_words[word] == 0) _summary[group] &= ~(1UL << word);
            return cell;
        }

        return -1;
    }
}
