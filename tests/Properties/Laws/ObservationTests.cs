using Crdt.Tests.Properties.Subjects;

namespace Crdt.Tests.Properties.Laws;

public sealed class ObservationTests
{
    public static TheoryData<string> Subjects => SubjectList.All;

    [Theory]
    [MemberData(nameof(Subjects))]
    public void No_write_is_lost_and_none_that_was_removed_comes_back(string subject) =>
        Cases.ForAll(History.Of(SubjectList.Of(subject)), ObservationLaws.Check);
}
