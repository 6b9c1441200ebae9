using System.Text;

namespace Crdt.Codec;

/// <summary>Strict UTF-8: what can't be said in it exactly is refused, never replaced.</summary>
internal static class Utf8
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static void Write(ref WireWriter writer, string text)
    {
        var span = writer.Take(SizeOf(text));
        Strict.GetBytes(text, span);
    }

    public static string Read(ref WireReader reader)
    {
        try
        {
            return Strict.GetString(reader.ReadBytes(reader.Remaining));
        }
        catch (DecoderFallbackException)
        {
            throw reader.Malformed("text is not UTF-8");
        }
    }

    public static int SizeOf(string text)
    {
        try
        {
            return Strict.GetByteCount(text);
        }
        catch (EncoderFallbackException error)
        {
            throw new ArgumentException($"The text has an unpaired surrogate at index {error.Index}; replace or remove it before storing.", error);
        }
    }
}
