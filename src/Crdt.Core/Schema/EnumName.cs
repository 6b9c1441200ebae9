namespace Crdt.Schema;

/// <summary>What a value of an enum is called.</summary>
/// <param name="Number">The value; one of an unsigned 64-bit enum as the same 64 bits.</param>
/// <param name="Name">Its name in C#.</param>
public readonly record struct EnumName(long Number, string Name);
