using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Storage;
using Crdt.Sync;
using Crdt.Sync.Sessions;
using Crdt.Sync.Snapshots;
using Crdt.Testing.Histories;

namespace Crdt.Tests.Simulation.Worlds;

/// <content>Snapshots, which somebody carries from one replica to another.</content>
internal sealed partial class World
{
    /// <summary>How many of the latest snapshots and points may still be used.</summary>
    private const int Latest = 4;

    private static readonly TimeSpan MaxLead = new GraphReplicaOptions().MaxClockLead;

    private readonly List<Snapshot> _snapshots = [];
    private readonly List<byte[]> _points = [];

    private void Export(Peer peer, Dice dice)
    {
        NotePoint(_peers[dice.Below(_peers.Length)]);
        if (peer.Replica is null) return; // It has died of that.
        if (_points.Count == 0 || dice.OneIn(3))
        {
            if (Export(peer, since: null) is { FullResyncRequired: true }) throw new SimulationException($"{peer.Name} wrote no full snapshot");
            return;
        }

        if (PointOf(_points[^(1 + dice.Below(Math.Min(Latest, _points.Count)))], dice) is not { } since) return;
        var isKnown = since.IsIntact && since.Lanes.All(point => GoesBackTo(peer, point));
        if (Export(peer, since) is not { } exported) return;
        Require(exported.FullResyncRequired != isKnown, $"{peer.Name} {(isKnown ? $"could go on from a point, and didn't: {exported.Reason}" : "went on from a point that it doesn't know")}");
    }

    private void NotePoint(Peer peer)
    {
        if (peer.Replica is not { } replica) return;
        var (life, point) = (peer.Life, replica.GetSyncPointAsync().AsTask());
        if (Finish(point, peer, life)) _points.Add(point.GetAwaiter().GetResult().Encode());
    }

    /// <summary>A point as it was kept somewhere; null where so much of it was altered that it is none any more.</summary>
    private SyncPoint? PointOf(byte[] bytes, Dice dice)
    {
        if (!dice.OneIn(6)) return SyncPoint.Decode(bytes);
        Tally.Fault("PointAltered");
        bytes = [.. bytes];
        bytes[dice.Below(bytes.Length)] ^= (byte)(1 << dice.Below(8));
        try
        {
            var altered = SyncPoint.Decode(bytes);
            Require(!altered.IsIntact, "a point that was altered passes for intact");
            return altered;
        }
        catch (WireFormatException)
        {
            return null;
        }
    }

    private ExportResult? Export(Peer peer, SyncPoint? since)
    {
        var (life, output) = (peer.Life, new MemoryStream());
        var work = peer.Replica!.ExportAsync(output, since);
        if (!Finish(work, peer, life)) return null;
        var result = work.GetAwaiter().GetResult();
        Tally.Fault(result.FullResyncRequired ? "PointUnknown" : since is null ? "Exported" : "ExportedSince");
        if (result.FullResyncRequired)
        {
            Require(output.Length == 0, $"{peer.Name} asks for a full snapshot, and wrote another one all the same");
            return result;
        }

        foreach (var lane in result.Until.Lanes) Require(lane.Vector.Equals(peer.Replica!.VectorOf(lane.Lane)), $"{peer.Name} exported {lane.Vector} of lane '{lane.Lane}'");
        _snapshots.Add(new(peer.Name, output.ToArray(), since, result.Until));
        Trace.Mix(output.ToArray());
        return result;
    }

    /// <summary>Whether what a replica has, and the log that it has of it, goes back to a point, found by looking at each event.</summary>
    private static bool GoesBackTo(Peer peer, SyncPointLane point)
    {
        var vector = peer.Replica!.VectorOf(point.Lane);
        if (!vector.Covers(point.Vector)) return false;
        var reached = point.Vector.Clone();
        for (var position = 0L; ;)
        {
            var slice = peer.Store!.ReadLogAsync(point.Lane, point.Vector, position, int.MaxValue).GetAwaiter().GetResult();
            foreach (var stored in slice.Events.Where(stored => stored.First <= reached[stored.Origin] + 1)) reached.Advance(stored.Origin, stored.Last);
            if (slice.IsLast) return reached.Covers(vector);
            position = slice.Position;
        }
    }

    private void Import(Peer peer, Dice dice)
    {
        if (_snapshots.Count == 0) return;
        var snapshot = _snapshots[^(1 + dice.Below(Math.Min(Latest, _snapshots.Count)))];
        var (bytes, fault) = (snapshot.Bytes, dice.Below(8));
        if (fault == 0) bytes = bytes[..dice.Below(bytes.Length)];
        if (fault == 1) (bytes = [.. bytes])[dice.Below(bytes.Length)] ^= (byte)(1 << dice.Below(8));
        if (fault == 2) peer.Arm(dice.Pick(WriteFault.CrashBefore, WriteFault.CrashAfter), 1 + dice.Below(4));
        if (Trace.IsRead) Trace.Say($"      of {snapshot.Exporter}, {(snapshot.Since is null ? "everything" : "since a point")}{fault switch { 0 => ", cut short", 1 => ", altered", _ => "" }}");
        var (life, revision, before) = (peer.Life, peer.Seen.Revision, peer.Replica!.Schema.Lanes.ToDictionary(lane => lane, peer.Replica.VectorOf));
        var work = peer.Replica.ImportAsync(new MemoryStream(bytes));
        if (fault == 2) peer.Arm(WriteFault.None, 0);
        RequireWholeSteps(peer, snapshot, before);
        if (peer.Life != life) Tally.Fault("ImportCrashed");
        else if (work.IsCompletedSuccessfully) RequireImported(peer, snapshot, before, work.Result, fault is 0 or 1, peer.Seen.Revision == revision);
        else RequireReason(peer, snapshot, work, fault is 0 or 1);
    }

    /// <summary>However an import ends, a lane has all of a state or nothing of it, and no event in part.</summary>
    private void RequireWholeSteps(Peer peer, Snapshot snapshot, Dictionary<string, VersionVector> before)
    {
        foreach (var (lane, vector) in before)
        {
            var after = peer.Seen.VectorOf(lane);
            Require(after.Covers(vector), $"{peer.Name} lost something by an import");
            Reckoning.RequireWhole(peer, lane, after);
            if (snapshot.Since is null) Require(after.Equals(vector) || after.Covers(snapshot.VectorOf(lane)), $"{peer.Name} imported a part of lane '{lane}'");
        }
    }

    private void RequireImported(Peer peer, Snapshot snapshot, Dictionary<string, VersionVector> before, ImportResult result, bool isDamaged, bool isUnchanged)
    {
        var isLacking = before.Any(lane => !lane.Value.Covers(snapshot.BaseOf(lane.Key)));
        Require(result.FullResyncRequired == isLacking, $"{peer.Name} {(isLacking ? "imported what it lacks the base of" : $"has the base of a snapshot, and refused it: {result.Reason}")}");
        if (isLacking)
        {
            Require(isUnchanged, $"{peer.Name} refused a snapshot, and took something of it");
            Tally.Fault("BaseLacking");
            return;
        }

        Require(!isDamaged && result.Refused == 0, $"{peer.Name} took a damaged snapshot, or refused events of a whole one");
        Tally.Fault(snapshot.Since is null ? "Imported" : "ImportedSince");
        foreach (var lane in snapshot.Until.Lanes.Where(lane => lane.Vector.Equals(peer.Seen.VectorOf(lane.Lane))))
        {
            Require(peer.Replica!.GetMerkleTreeAsync(lane.Lane).GetAwaiter().GetResult().Root == lane.Root, $"{peer.Name} holds other data in lane '{lane.Lane}' than {snapshot.Exporter} did when it exported it");
        }

        if (IsAhead(peer, snapshot)) return; // Events of the future wait.
        foreach (var lane in before.Keys) Require(peer.Seen.VectorOf(lane).Covers(snapshot.VectorOf(lane)), $"{peer.Name} lacks something of lane '{lane}' that the snapshot of {snapshot.Exporter} holds");
    }

    private void RequireReason(Peer peer, Snapshot snapshot, Task work, bool isDamaged)
    {
        Require(work.IsCompleted, $"{peer.Name} waits in an import");
        var error = work.Exception!.InnerException!;
        Tally.Fault(error is WireFormatException ? "ImportBrokenOff" : error is SessionException ? "ImportAhead" : "ImportRefused");
        var isJustified = error switch
        {
            WireFormatException => isDamaged,
            SessionException { Reason: SessionEnd.ClockAhead } => IsAhead(peer, snapshot),
            StoreException => peer.WasHindered,
            _ => false,
        };
        Require(isJustified, $"{peer.Name} failed to import: {error}");
    }

    private static bool IsAhead(Peer peer, Snapshot snapshot) => snapshot.Until.Time.CompareTo(Stamp.FromTime(peer.Clock.GetUtcNow() + MaxLead)) > 0;
}
