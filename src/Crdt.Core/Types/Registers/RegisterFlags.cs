namespace Crdt.Types.Registers;

/// <summary>The byte between the stamp and the value of an encoded register.</summary>
internal static class RegisterFlags
{
    /// <summary>Nothing was written in place of a value.</summary>
    public const byte Absent = 1;

    /// <summary>The writer was offline.</summary>
    public const byte Offline = 2;
}
