using Crdt.Tests.Properties.Subjects;

namespace Crdt.Tests.Properties.Laws;

/// <summary>All laws on classes that the source generator completed.</summary>
public sealed class GeneratedClassTests
{
    public static TheoryData<string> Subjects => SubjectList.Classes;

    [Theory]
    [MemberData(nameof(Subjects))]
    public void All_laws_hold(string subject) => Cases.ForAll(History.Of(SubjectList.Of(subject)), history => AllLaws.Check(history));
}
