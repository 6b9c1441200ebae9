using Crdt.Kuzu.Binding;

namespace Crdt.Kuzu.Native;

/// <summary>Turns the engine's messages, which are all it gives, into exceptions with a reason.</summary>
internal static class EngineError
{
    private static readonly (string Fragment, KuzuErrorReason Reason)[] Known =
    [
        ("before checkpointing", KuzuErrorReason.CheckpointFailed),
        ("buffer pool is full", KuzuErrorReason.BufferPoolFull),
        ("Buffer manager exception", KuzuErrorReason.BufferPoolFull),
        ("Only one write transaction", KuzuErrorReason.WriterBusy),
        ("Write-write conflict", KuzuErrorReason.WriteConflict),
        ("duplicated primary key", KuzuErrorReason.DuplicateKey),
        ("Unable to find primary key value", KuzuErrorReason.MissingNode),
        ("Interrupted.", KuzuErrorReason.Interrupted),
        ("read-only", KuzuErrorReason.ReadOnly),
        ("Could not set lock on file", KuzuErrorReason.Locked),
        ("Parser exception", KuzuErrorReason.InvalidStatement),
        ("Binder exception", KuzuErrorReason.InvalidStatement),
        ("Catalog exception", KuzuErrorReason.InvalidStatement),
    ];

    public static KuzuException From(string? message, string? statement)
    {
        var text = message?.Trim() ?? "";
        return new KuzuException(text.Length > 0 ? text : "The engine failed without a message.", statement, Classify(text));
    }

    private static KuzuErrorReason Classify(string message)
    {
        foreach (var (fragment, reason) in Known)
            if (message.Contains(fragment, StringComparison.Ordinal))
                return reason;
        return KuzuErrorReason.Unknown;
    }
}
