using Crdt.Sync.Commit;
using Crdt.Sync.Events;

namespace Crdt.Sync.Truth;

/// <summary>The decision to commit a distributed transaction, which becomes durable together with its event.</summary>
/// <param name="Id">The transaction, for which entities may be reserved.</param>
/// <param name="NotesOf">What is to be noted with the event, by its keys.</param>
internal sealed record Decision(TransactionId Id, Func<GraphEvent, IReadOnlyDictionary<string, ReadOnlyMemory<byte>>> NotesOf);
