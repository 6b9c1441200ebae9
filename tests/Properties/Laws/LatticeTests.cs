using Crdt.Entities;
using Crdt.Tests.Properties.Histories;
using Crdt.Tests.Properties.Subjects;

namespace Crdt.Tests.Properties.Laws;

public sealed class LatticeTests
{
    public static TheoryData<string> Subjects => SubjectList.Names;

    [Theory]
    [MemberData(nameof(Subjects))]
    public void Join_is_commutative_associative_idempotent_and_inflationary(string subject)
    {
        Cases.ForAll(History.Of(SubjectList.Of(subject)), history =>
        {
            var copies = history.Run().Copies;
            var (a, b, c) = (copies[0].State, copies[1].State, copies[^1].State);
            Func<EntityState, EntityState, EntityState> join = history.Subject.Join;
            Law.Commutative(a, b, join, Bytes);
            Law.Commutative(a, c, join, Bytes);
            Law.Associative(a, b, c, join, Bytes);
            Law.Associative(c, a, b, join, Bytes);
            Law.Idempotent(a, join, Bytes);
            Law.Idempotent(c, join, Bytes);
            Law.Inflationary(a, c, join, Bytes);
        });
    }

    private static byte[] Bytes(EntityState state) => state.Encode();
}
