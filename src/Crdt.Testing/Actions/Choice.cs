namespace Crdt.Testing.Actions;

/// <summary>A value that a history can write.</summary>
/// <param name="Bytes">Its canonical bytes; empty where it is null.</param>
/// <param name="Words">What messages call it.</param>
/// <param name="IsAbsent">Whether it is null.</param>
internal readonly record struct Choice(byte[] Bytes, string Words, bool IsAbsent = false);
