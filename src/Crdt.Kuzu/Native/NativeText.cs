using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace Crdt.Kuzu.Native;

/// <summary>A string as C wants it: UTF-8 with a NUL at its end. A NUL inside is refused, for C would cut the string there.</summary>
internal ref struct NativeText
{
    /// <summary>What callers put on the stack for short strings.</summary>
    public const int StackSize = 256;

    private readonly Span<byte> _bytes;
    private byte[]? _rented;

    /// <exception cref="ArgumentException">The text holds U+0000, or a surrogate without its pair.</exception>
    public NativeText(ReadOnlySpan<char> text, Span<byte> scratch, string argument)
    {
        if (text.Contains('\0'))
            throw EmbeddedNul(argument);
        var length = ExactLength(text, argument);
        _bytes = length < scratch.Length ? scratch : Rent(length + 1);
        Encoding.UTF8.GetBytes(text, _bytes);
        _bytes[length] = 0;
    }

    /// <exception cref="ArgumentException">The text holds a zero byte, or isn't valid UTF-8.</exception>
    public NativeText(ReadOnlySpan<byte> utf8, Span<byte> scratch, string argument)
    {
        if (utf8.Contains((byte)0))
            throw EmbeddedNul(argument);
        if (!System.Text.Unicode.Utf8.IsValid(utf8))
            throw new ArgumentException("The text is not valid UTF-8.", argument);
        _bytes = utf8.Length < scratch.Length ? scratch : Rent(utf8.Length + 1);
        utf8.CopyTo(_bytes);
        _bytes[utf8.Length] = 0;
    }

    public readonly ref byte GetPinnableReference() => ref MemoryMarshal.GetReference(_bytes);

    public void Dispose()
    {
        if (_rented is { } rented)
            ArrayPool<byte>.Shared.Return(rented);
        _rented = null;
    }

    /// <summary>The managed copy of a string the engine made, which is destroyed; null for null.</summary>
    public static unsafe string? Take(byte* text)
    {
        if (text is null)
            return null;
        try
        {
            return Marshal.PtrToStringUTF8((nint)text);
        }
        finally
        {
            KuzuApi.DestroyString(text);
        }
    }

    private static int ExactLength(ReadOnlySpan<char> text, string argument)
    {
        try
        {
            return Strict.GetByteCount(text);
        }
        catch (EncoderFallbackException e)
        {
            throw new ArgumentException("The text holds a surrogate without its pair, which UTF-8 can't carry.", argument, e);
        }
    }

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static ArgumentException EmbeddedNul(string argument) =>
        new("The text holds U+0000. The engine's C API ends a string there, so the rest would be lost.", argument);

    private Span<byte> Rent(int length) => _rented = ArrayPool<byte>.Shared.Rent(length);
}
