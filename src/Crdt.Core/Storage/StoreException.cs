namespace Crdt.Storage;

/// <summary>A store can't be opened, read or written. The message says what to do; nothing was changed.</summary>
/// <param name="message">What is wrong and what helps.</param>
/// <param name="inner">The cause, where there is one.</param>
public sealed class StoreException(string message, Exception? inner = null) : Exception(message, inner);
