using System.Runtime.InteropServices;

namespace Crdt.Tests.Simulation.Worlds;

/// <summary>What happened: a hash that is the same whenever the same happens, and words for a reader who asked for them.</summary>
/// <param name="words">Where the words go; null where nobody reads them.</param>
internal sealed class Trace(Action<string>? words = null)
{
    public ulong Hash { get; private set; } = 0xCBF29CE484222325;

    public bool IsRead => words is not null;

    public void Say(string text) => words?.Invoke(text);

    public void Mix(ulong value)
    {
        var mixed = (Hash ^ value) * 0x9E3779B97F4A7C15;
        Hash = mixed ^ (mixed >> 32);
    }

    public void Mix(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in MemoryMarshal.Cast<byte, ulong>(bytes)) Mix(value);
        foreach (var value in bytes[(bytes.Length & ~7)..]) Mix(value);
        Mix((ulong)bytes.Length);
    }
}
