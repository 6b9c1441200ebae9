using Crdt.Dynamic;
using Crdt.Tests.Properties.Subjects;

namespace Crdt.Tests.Properties.Laws;

/// <summary>An entity without a class merges as one with a class does, byte for byte.</summary>
public sealed class DynamicEntityTests
{
    public static TheoryData<string> Subjects => [.. SubjectList.Entities, .. SubjectList.Classes];

    [Theory]
    [MemberData(nameof(Subjects))]
    public void The_same_history_gives_the_same_bytes(string name)
    {
        var typed = SubjectList.Of(name);
        var untyped = Untyped(typed);
        Cases.ForAll(History.Of(typed), history =>
        {
            var (expected, actual) = (history.Run().Samples, history.On(untyped).Run().Samples);
            for (var i = 0; i < expected.Length; i++) Law.Same("a copy without a class", expected[i].Bytes, actual[i].Bytes);
        });
    }

    [Fact]
    public void All_laws_hold()
    {
        var subject = Untyped(SubjectList.Of("entity of all kinds, updates win"));
        Cases.ForAll(History.Of(subject), history => AllLaws.Check(history));
    }

    private static Subject Untyped(Subject typed) =>
        new($"{typed} without a class", typed.Type, typed.Id, author => DynamicEntity.Create(typed.Type, typed.Id, author).State);
}
