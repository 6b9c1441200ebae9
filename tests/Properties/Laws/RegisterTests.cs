using Crdt.Tests.Properties.Models;
using Crdt.Tests.Properties.Subjects;

namespace Crdt.Tests.Properties.Laws;

/// <summary>All laws and the model, for registers.</summary>
public sealed class RegisterTests
{
    public static TheoryData<string> Subjects => SubjectList.Registers;

    [Theory]
    [MemberData(nameof(Subjects))]
    public void All_laws_hold_and_every_copy_reads_what_the_model_says(string subject) =>
        Cases.ForAll(History.Of(SubjectList.Of(subject)), history => AllLaws.Check(history, ModelLaw.Check));
}
