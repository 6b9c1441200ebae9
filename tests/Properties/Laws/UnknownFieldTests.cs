using Crdt.Tests.Properties.Subjects;

namespace Crdt.Tests.Properties.Laws;

public sealed class UnknownFieldTests
{
    public static TheoryData<string> Subjects => [.. SubjectList.All.Where(name => SubjectList.Of(name.Data).Fields.Count > 0)];

    [Theory]
    [MemberData(nameof(Subjects))]
    public void A_field_that_a_build_lacks_survives_a_round_trip_and_a_merge(string subject) =>
        Cases.ForAll(History.Of(SubjectList.Of(subject)), UnknownFieldLaws.Check);
}
