namespace Crdt.Testing;

/// <summary>A law doesn't hold; the message has the seed and the smallest case that was found.</summary>
/// <param name="message">What is broken.</param>
/// <param name="inner">The failure in the smallest case.</param>
public sealed class LawBrokenException(string message, Exception? inner) : Exception(message, inner);
