namespace Crdt.Samples.SocialNetwork.CommandLine;

/// <summary>The program was called in a way that makes no sense.</summary>
/// <param name="message">What is wrong, and what helps, in one line.</param>
internal sealed class UsageException(string message) : Exception(message);
