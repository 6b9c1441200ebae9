using Crdt.Tests.Properties.Models;
using Crdt.Tests.Properties.Subjects;

namespace Crdt.Tests.Properties.Laws;

/// <summary>All laws and the model, for counters, flags, sets, maps and lists.</summary>
public sealed class CollectionTests
{
    public static TheoryData<string> Subjects => SubjectList.Collections;

    [Theory]
    [MemberData(nameof(Subjects))]
    public void All_laws_hold_and_every_copy_reads_what_the_model_says(string subject) =>
        Cases.ForAll(History.Of(SubjectList.Of(subject)), history => AllLaws.Check(history, ModelLaw.Check));
}
