using Crdt.Clocks;
using Crdt.Sync.Commit;

namespace Crdt.Sync.Distributed;

/// <content>Transactions that wait for their participants.</content>
internal sealed partial class CommitSite
{
    private readonly Dictionary<TransactionId, ulong> _intentOf = [];
    private volatile IntentBook _intents = IntentBook.Empty;

    /// <summary>The intents, the oldest first.</summary>
    public IReadOnlyList<TransactionIntent> Intents => [.. _intents.Intents.Values];

    /// <summary>Queues operations until all participants are there.</summary>
    /// <exception cref="Crdt.Storage.StoreException">It can't be written; nothing is queued.</exception>
    public async ValueTask<TransactionIntent> QueueAsync(IReadOnlyList<ReplicaId> participants, IReadOnlyList<Operation> operations)
    {
        var intent = new TransactionIntent(0, _truth.Time.GetUtcNow(), participants) { Operations = OperationCodec.Encode(operations, _truth.Schema) };
        var number = 0UL;
        await ChangeAsync(book => book.With(intent, out number)).ConfigureAwait(false);
        return intent with { Number = number };
    }

    /// <summary>Forgets an intent, unless it is being decided.</summary>
    public ValueTask CancelAsync(ulong number) => ChangeAsync(book => book.Without(number));

    /// <summary>Keeps an intent that is refused for good, for whoever queued it to see.</summary>
    public ValueTask RefuseAsync(ulong number, string refusal) => ChangeAsync(book => book.Refused(number, refusal));

    /// <summary>Asks the participants of an intent. What is decided leaves the book with the decision, so that it runs once.</summary>
    public ValueTask PrepareAsync(TransactionId id, TransactionIntent intent, IReadOnlyList<ReplicaId> participants)
    {
        var operations = OperationCodec.Decode(intent.Operations.Span, _truth.Schema);
        return PrepareAsync(id, participants, operations, intent: intent.Number);
    }

    private async ValueTask ChangeAsync(Func<IntentBook, IntentBook> change)
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_isClosed, typeof(GraphReplica));
            var book = change(_intents);
            await _truth.KeepAsync(store => store.WriteNoteAsync(IntentBook.NoteKey, book.Note(), CancellationToken.None), CancellationToken.None).ConfigureAwait(false);
            _intents = book;
        }
        finally
        {
            _gate.Release();
        }
    }
}
