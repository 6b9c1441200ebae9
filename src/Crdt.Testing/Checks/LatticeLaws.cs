using Crdt.Entities;
using Crdt.Testing.Histories;
using Crdt.Testing.Subjects;

namespace Crdt.Testing.Checks;

/// <summary>Join is commutative, associative, idempotent and inflationary.</summary>
internal static class LatticeLaws
{
    public static void Check(History history, World world)
    {
        var copies = world.Copies;
        var (a, b, c) = (copies[0].State, copies[1].State, copies[^1].State);
        Func<EntityState, EntityState, EntityState> join = history.Subject.Join;
        Law.Commutative(a, b, join, Bytes);
        Law.Commutative(a, c, join, Bytes);
        Law.Associative(a, b, c, join, Bytes);
        Law.Associative(c, a, b, join, Bytes);
        Law.Idempotent(a, join, Bytes);
        Law.Idempotent(c, join, Bytes);
        Law.Inflationary(a, c, join, Bytes);
    }

    private static byte[] Bytes(EntityState state) => state.Encode();
}
