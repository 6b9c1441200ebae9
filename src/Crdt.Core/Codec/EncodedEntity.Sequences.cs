using System.Buffers;
using Crdt.Kernel;

namespace Crdt.Codec;

/// <content>The same for bytes that arrive in several segments, which are copied once; see <see cref="ContiguousBytes"/>.</content>
public static partial class EncodedEntity
{
    /// <inheritdoc cref="Validate(ReadOnlySpan{byte}, int)"/>
    public static void Validate(in ReadOnlySequence<byte> state, int origin = 0)
    {
        using var whole = new ContiguousBytes(state);
        Validate(whole.Span, origin);
    }

    /// <inheritdoc cref="ValidateStandalone(ReadOnlySpan{byte}, int)"/>
    public static void ValidateStandalone(in ReadOnlySequence<byte> state, int origin = 0)
    {
        using var whole = new ContiguousBytes(state);
        ValidateStandalone(whole.Span, origin);
    }

    /// <inheritdoc cref="Inspect(ReadOnlySpan{byte})"/>
    public static StateSummary Inspect(in ReadOnlySequence<byte> state)
    {
        using var whole = new ContiguousBytes(state);
        return Inspect(whole.Span);
    }

    /// <inheritdoc cref="ContextOf(ReadOnlySpan{byte})"/>
    public static CausalContext ContextOf(in ReadOnlySequence<byte> state)
    {
        using var whole = new ContiguousBytes(state);
        return ContextOf(whole.Span);
    }

    /// <inheritdoc cref="Join(ReadOnlySpan{byte}, ReadOnlySpan{byte})"/>
    public static byte[] Join(in ReadOnlySequence<byte> left, in ReadOnlySequence<byte> right)
    {
        using var mine = new ContiguousBytes(left);
        using var theirs = new ContiguousBytes(right);
        return Join(mine.Span, theirs.Span);
    }

    /// <inheritdoc cref="Join(ReadOnlySpan{byte}, ICausalContext, ReadOnlySpan{byte}, ICausalContext)"/>
    public static byte[] Join(
        in ReadOnlySequence<byte> left, ICausalContext leftContext, in ReadOnlySequence<byte> right, ICausalContext rightContext)
    {
        using var mine = new ContiguousBytes(left);
        using var theirs = new ContiguousBytes(right);
        return Join(mine.Span, leftContext, theirs.Span, rightContext);
    }
}
