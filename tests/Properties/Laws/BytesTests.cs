using Crdt.Tests.Properties.Subjects;

namespace Crdt.Tests.Properties.Laws;

public sealed class BytesTests
{
    public static TheoryData<string> Subjects => SubjectList.All;

    [Theory]
    [MemberData(nameof(Subjects))]
    public void Decode_undoes_encode_and_equal_states_have_equal_bytes(string subject) => Cases.ForAll(History.Of(SubjectList.Of(subject)), BytesLaws.Check);
}
