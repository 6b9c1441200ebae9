using Crdt.Tests.Properties.Subjects;

namespace Crdt.Tests.Properties.Laws;

public sealed class EncodedJoinTests
{
    public static TheoryData<string> Subjects => SubjectList.All;

    [Theory]
    [MemberData(nameof(Subjects))]
    public void Encoded_join_equals_typed_join(string subject) => Cases.ForAll(History.Of(SubjectList.Of(subject)), EncodedJoinLaws.Check);
}
