using System.Diagnostics;
using Crdt.Codec;
using Crdt.Sync.Differences;
using Crdt.Sync.Sessions;

namespace Crdt.Bench.Differences;

/// <summary>One comparison of two lanes by syndromes or cells, through bytes: what it took.</summary>
internal sealed class Trial
{
    /// <summary>What went over the wire: syndromes or cells with the size of the set, requests for more of them, and 8 bytes for each item that the other side has to send.</summary>
    public int Bytes { get; private set; }

    /// <summary>Of these, the requests for items.</summary>
    public int RequestBytes { get; private set; }

    public int Comparisons { get; private set; }

    public int Rounds { get; private set; }

    /// <summary>What both sides took together, from freezing their digests to knowing the rows that are to be sent.</summary>
    public double Microseconds { get; private set; }

    /// <param name="here">Who asks.</param>
    /// <param name="there">Who has what is asked for.</param>
    /// <param name="expected">How many differences the first piece is planned for.</param>
    /// <param name="actual">How many there are; anything else that was found is an error.</param>
    public static Trial Run(LaneDigests here, LaneDigests there, int expected, int actual)
    {
        var trial = new Trial();
        var start = Stopwatch.GetTimestamp();
        var (mine, theirs) = (here.Freeze(), there.Freeze());
        var decoder = new DifferenceDecoder();
        for (var piece = CellPlan.FirstPiece(expected); !decoder.IsComplete; piece = CellPlan.NextPiece(decoder, CellPrefix.Length))
            trial.Exchange(decoder, mine, theirs, piece);
        var rows = decoder.OnlyThere.Count(item => there.Index.TryFind(item, out _)) + decoder.OnlyHere.Count(item => here.Index.TryFind(item, out _));
        trial.Microseconds = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        if (rows != actual) throw new InvalidOperationException($"{rows} of {actual} differences were found.");
        trial.RequestBytes = 8 * decoder.OnlyThere.Count;
        trial.Bytes += trial.RequestBytes;
        trial.Comparisons = decoder.Comparisons;
        return trial;
    }

    /// <summary>By syndromes alone.</summary>
    /// <param name="here">Who asks.</param>
    /// <param name="there">Who has what is asked for.</param>
    /// <param name="lacking">How many writes the lanes are apart, by which the number of syndromes is planned.</param>
    /// <param name="actual">How many differences there are; anything else that was found is an error.</param>
    public static Trial RunSyndromes(LaneDigests here, LaneDigests there, int lacking, int actual)
    {
        var trial = new Trial { Rounds = 1 };
        var start = Stopwatch.GetTimestamp();
        var (mine, theirs) = (here.Freeze(), there.Freeze());
        var bytes = Write(theirs, SearchPlan.For(theirs.Count - mine.Count, lacking).Syndromes);
        var reader = new WireReader(bytes);
        var size = (int)reader.ReadVarint();
        var sums = new ulong[reader.ReadCount(8, SyndromeSketch.Capacity)];
        for (var i = 0; i < sums.Length; i++) sums[i] = reader.ReadUInt64();
        var comparison = new SyndromeComparison(mine.Syndromes[..sums.Length], sums, item => here.Index.RowsOf(item).Count(), size - mine.Count);
        var rows = comparison.OnlyThere.Count(item => there.Index.TryFind(item, out _)) + comparison.OnlyHere.Count(item => here.Index.TryFind(item, out _));
        trial.Microseconds = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        if (!comparison.IsComplete || rows != actual) throw new InvalidOperationException($"{rows} of {actual} differences were found.");
        trial.RequestBytes = 8 * comparison.OnlyThere.Count;
        trial.Bytes = bytes.Length + trial.RequestBytes;
        trial.Comparisons = comparison.Comparisons;
        return trial;
    }

    private static byte[] Write(FrozenDigests digests, int syndromes)
    {
        var writer = new WireWriter(300);
        writer.WriteVarint((ulong)digests.Count);
        writer.WriteVarint((ulong)syndromes);
        foreach (var sum in digests.Syndromes[..syndromes]) writer.WriteUInt64(sum);
        return writer.Finish();
    }

    private void Exchange(DifferenceDecoder decoder, FrozenDigests mine, FrozenDigests theirs, int piece)
    {
        if (piece == 0) throw new InvalidOperationException("Cells don't do for so small a difference.");
        Rounds++;
        // The first piece comes unasked, with the size of the set; a later one is asked for by its length.
        var bytes = Write(theirs, decoder.Cells, piece);
        Bytes += bytes.Length + (Rounds > 1 ? 2 : 0);
        var reader = new WireReader(bytes);
        var size = (int)reader.ReadVarint();
        var cells = CellRun.Read(ref reader, decoder.Cells, size, piece);
        decoder.Add(mine.Cells(decoder.Cells, piece), cells);
    }

    private static byte[] Write(FrozenDigests digests, int first, int piece)
    {
        var writer = new WireWriter(16 * piece);
        writer.WriteVarint((ulong)digests.Count);
        CellRun.Write(ref writer, digests.Cells(first, piece), first, digests.Count);
        return writer.Finish();
    }
}
