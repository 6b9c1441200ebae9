using Crdt.Clocks;
using Crdt.Sqlite.Leases;
using Crdt.Storage;

namespace Crdt.Sqlite;

internal sealed partial class Session
{
    private LeaseFile? _lease;

    /// <summary>
    /// Decides under which id the store goes on, and makes its next lease ready, in the transaction of the opening. Nothing holds until
    /// <see cref="TakeLease"/>.
    /// </summary>
    private void Identify(bool isNew, StoreOffer offer, TimeProvider time)
    {
        var store = FileMark.Of(_path);
        var kept = isNew ? null : _meta.Lease;
        if (isNew)
        {
            _meta.BeginIncarnations(time.GetUtcNow());
            if (!offer.PrivateKey.IsEmpty) PutNote(StoreOffer.KeyNoteOf(offer.Replica), offer.PrivateKey.Span);
        }
        else if (LeaseFile.Doubt(_path, kept, _revision, store) is { } doubt)
        {
            var identity = offer.NextIdentity();
            _meta.Reincarnate(new(identity.Id, time.GetUtcNow(), doubt, _revision));
            if (!identity.PrivateKey.IsEmpty) PutNote(StoreOffer.KeyNoteOf(identity.Id), identity.PrivateKey.Span);
            kept = null; // Nor is the place returned to: a lease that was left behind there must not fit again.
        }

        var opened = kept is { } before ? before with { Opening = before.Opening + 1 } : new StoreLease(ReplicaId.Random().Value, 1);
        _meta.WriteLease(opened);
        _lease = LeaseFile.Renew(_path, store, opened, _revision);
    }

    /// <summary>To be called once the transaction of the opening is durable, and before anything is committed under the id.</summary>
    private void TakeLease() => _lease!.Replace();
}
