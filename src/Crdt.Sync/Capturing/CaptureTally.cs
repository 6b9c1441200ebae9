using Crdt.Projection;
using Crdt.Schema;
using Crdt.Sync.Verification;

namespace Crdt.Sync.Capturing;

/// <summary>Counts what a capture finds.</summary>
internal sealed class CaptureTally
{
    private readonly List<RefusedChange> _refusals = [];
    private long _refused;

    public long Inserted { get; set; }

    public long Updated { get; set; }

    public long Deleted { get; set; }

    public void Refuse(EntityType type, ShownRow row, string? column, string found, string reason)
    {
        _refused++;
        if (_refusals.Count < CaptureReport.MaxRefusals) _refusals.Add(new(type.Name, row.KeyText ?? Findings.NameOf(row.Id, type), row.Id, column, found, reason));
    }

    /// <summary>Adds what another one has counted.</summary>
    public void Add(CaptureTally other)
    {
        (Inserted, Updated, Deleted, _refused) = (Inserted + other.Inserted, Updated + other.Updated, Deleted + other.Deleted, _refused + other._refused);
        _refusals.AddRange(other._refusals.Take(CaptureReport.MaxRefusals - _refusals.Count));
    }

    public CaptureReport Report() => new(Inserted, Updated, Deleted, _refused, _refusals);
}
