using Crdt.Tests.Properties.Subjects;

namespace Crdt.Tests.Properties.Laws;

public sealed class DeltaTests
{
    public static TheoryData<string> Subjects => SubjectList.All;

    [Theory]
    [MemberData(nameof(Subjects))]
    public void Deltas_equal_the_full_state(string subject) => Cases.ForAll(History.Of(SubjectList.Of(subject)), DeltaLaws.Check);
}
