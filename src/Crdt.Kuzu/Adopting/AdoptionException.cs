namespace Crdt.Kuzu.Adopting;

/// <summary>A database can't be adopted, or its adoption stopped half way. The database itself was not changed.</summary>
/// <param name="message">What is wrong and what helps.</param>
/// <param name="inner">The cause, where there is one.</param>
public sealed class AdoptionException(string message, Exception? inner = null) : Exception(message, inner);
