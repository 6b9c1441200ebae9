namespace Crdt.Tests.Properties.Codec;

/// <summary>What decoding may take, garbage included, beside a multiple of the input's length: docs/wire-format.md says which.</summary>
internal static class Allowance
{
    /// <summary>For objects that are always there, and for an exception.</summary>
    public const int Fixed = 16 * 1024;

    /// <summary>For checking and reading what stays encoded, times the length; a context, which is a part of it, takes up to ten times its own.</summary>
    public const int Encoded = 10;

    /// <summary>For joining what stays encoded, times the length of both.</summary>
    public const int Joined = 21;

    /// <summary>For objects with fields that were never worse than this, times the length.</summary>
    public const int Objects = 38;

    /// <summary>For reading an event, times its length: an object and a few collections for every change.</summary>
    public const int Events = 22;

    /// <summary>For reading a schema, times its length: an object for each member of a record, and for each of the types and fields.</summary>
    public const int Schemas = 48;

    public static long Of(int times, int length) => Fixed + ((long)times * length);

    public static void Check(long allocated, int times, int length)
    {
        if (allocated > Of(times, length)) throw new LawBrokenException($"memory: {allocated} bytes for an input of {length}", null);
    }
}
