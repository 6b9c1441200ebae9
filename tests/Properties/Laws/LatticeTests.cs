using Crdt.Tests.Properties.Subjects;

namespace Crdt.Tests.Properties.Laws;

public sealed class LatticeTests
{
    public static TheoryData<string> Subjects => SubjectList.All;

    [Theory]
    [MemberData(nameof(Subjects))]
    public void Join_is_commutative_associative_idempotent_and_inflationary(string subject) => Cases.ForAll(History.Of(SubjectList.Of(subject)), LatticeLaws.Check);
}
