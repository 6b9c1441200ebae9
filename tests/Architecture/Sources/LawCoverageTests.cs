namespace Crdt.Tests.Architecture.Sources;

public sealed class LawCoverageTests
{
    private static readonly SourceFile[] Types =
    [
        new("Leaf.cs", "sealed class Leaf<T> : Middle<T>, IDisposable;"),
        new("Middle.cs", "abstract class Middle<T> : Field;"),
        new("Field.cs", "abstract class Field;"),
        new("Hidden.cs", "static class Hidden { sealed class Inner : Field; }"),
        new("Other.cs", "class Other : IComparable;"),
    ];

    [Fact]
    public void Types_that_derive_from_a_field_are_found_at_any_depth() => Assert.Equal(["Hidden", "Leaf"], LawCoverage.FieldTypes(Types));

    [Fact]
    public void A_type_that_no_law_names_is_reported() =>
        Assert.Equal(["No law in tests/Properties names 'Hidden'."], LawCoverage.Check(["Hidden", "Leaf"], [new("L.cs", "new Leaf<int>(); HiddenThing();")]));

    [Fact]
    public void A_name_or_a_class_of_tests_counts() =>
        Assert.Empty(LawCoverage.Check(["Hidden", "Leaf"], [new("L.cs", "new Leaf<int>();"), new("M.cs", "class HiddenTests;")]));
}
