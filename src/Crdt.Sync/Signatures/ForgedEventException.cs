using Crdt.Clocks;

namespace Crdt.Sync.Signatures;

/// <summary>A peer sent an event that isn't by whom it names, or that nobody can tell whether it is. Nothing of the frame was taken.</summary>
public sealed class ForgedEventException : Exception
{
    private ForgedEventException(string message)
        : base(message)
    {
    }

    internal static ForgedEventException Forged(ReplicaId origin, ulong first) =>
        new($"an event in the name of {origin} from write {first} on isn't signed with that replica's key: the peer has made it up or altered it, or kept back its signature. Look into who that peer is before you let it in again");
}
