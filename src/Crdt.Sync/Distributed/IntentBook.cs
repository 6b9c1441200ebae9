using System.Collections.Immutable;
using Crdt.Codec;
using Crdt.Sync.Commit;

namespace Crdt.Sync.Distributed;

/// <summary>
/// The intents of a replica, as one note of its store. Immutable, so that the one before stays until its successor is durable.
/// <code>
/// note   := next[8] intent*
/// intent := number[8] queued[8] replicas block(refusal) block(operations)      queued in ms since 1970; the refusal is empty while it waits
/// </code>
/// </summary>
internal sealed record IntentBook
{
    /// <summary>Where it is noted.</summary>
    public const string NoteKey = "intents";

    /// <summary>How many intents there are at most.</summary>
    public const int MaxIntents = 1024;

    /// <summary>How many bytes of operations they have at most: each change is written with all that there are.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    private const int MaxRefusal = 4096;

    /// <summary>A book of nothing.</summary>
    public static IntentBook Empty { get; } = new();

    /// <summary>The intents, the oldest first.</summary>
    public ImmutableSortedDictionary<ulong, TransactionIntent> Intents { get; private init; } = ImmutableSortedDictionary<ulong, TransactionIntent>.Empty;

    private ulong Next { get; init; } = 1;

    /// <summary>Reads a book. O(bytes).</summary>
    /// <exception cref="WireFormatException">It is damaged.</exception>
    public static IntentBook Read(ReadOnlyMemory<byte> note)
    {
        if (note.IsEmpty) return Empty;
        var reader = new WireReader(note.Span);
        var (next, intents) = (reader.ReadUInt64(), Empty.Intents);
        while (reader.Remaining > 0)
        {
            var (number, queued) = (reader.ReadUInt64(), DateTimeOffset.FromUnixTimeMilliseconds((long)reader.ReadUInt64()));
            var participants = reader.ReadReplicas(CommitMessageCodec.MaxParticipants);
            var refusal = reader.ReadText(MaxRefusal);
            intents = intents.SetItem(number, new(number, queued, participants) { Refusal = refusal.Length == 0 ? null : refusal, Operations = reader.ReadContent(note, OperationCodec.MaxBytes) });
        }

        return new() { Next = next, Intents = intents };
    }

    /// <summary>The book with an intent more.</summary>
    /// <exception cref="InvalidOperationException">There are too many.</exception>
    public IntentBook With(TransactionIntent intent, out ulong number)
    {
        if (Intents.Count >= MaxIntents || Intents.Values.Sum(each => (long)each.Operations.Length) + intent.Operations.Length > MaxBytes)
            throw new InvalidOperationException($"{Intents.Count} transactions wait for their participants already; there are at most {MaxIntents}, with {MaxBytes} bytes in all. Cancel some.");
        number = Next;
        return this with { Next = Next + 1, Intents = Intents.Add(number, intent with { Number = number }) };
    }

    /// <summary>The book with the reason why an intent is not tried again.</summary>
    public IntentBook Refused(ulong number, string refusal) =>
        Intents.TryGetValue(number, out var intent) ? this with { Intents = Intents.SetItem(number, intent with { Refusal = RefusalText.Of(refusal) }) } : this;

    /// <summary>The book without an intent.</summary>
    public IntentBook Without(ulong number) => this with { Intents = Intents.Remove(number) };

    /// <summary>The note. O(bytes).</summary>
    public ReadOnlyMemory<byte> Note()
    {
        var writer = new WireWriter(256);
        writer.WriteUInt64(Next);
        foreach (var intent in Intents.Values)
        {
            writer.WriteUInt64(intent.Number);
            writer.WriteUInt64((ulong)intent.Queued.ToUnixTimeMilliseconds());
            writer.WriteReplicas(intent.Participants);
            writer.WriteText(intent.Refusal ?? "");
            writer.WriteBlock(intent.Operations.Span);
        }

        return writer.Finish();
    }
}
