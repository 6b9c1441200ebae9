namespace Crdt.Tests.Sqlite;

/// <summary>Two stores that were told the same say different things.</summary>
internal sealed class DisagreementException(string message, Exception? inner) : Exception(message, inner)
{
    public static void Require(string wanted, string said, Exception? last = null)
    {
        if (wanted != said) throw new DisagreementException($"wanted:\n{wanted}\nsaid:\n{said}\n{last}", last);
    }
}
