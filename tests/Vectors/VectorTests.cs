using Crdt.Schema;
using Crdt.Tests.Vectors.Catalog;
using Crdt.Tests.Vectors.Files;

namespace Crdt.Tests.Vectors;

/// <summary>
/// Version 1 of the wire format doesn't move. With <c>CRDT_ACCEPT=1</c> in the environment, vectors that a file lacks are added
/// to its end; none is ever changed.
/// </summary>
public sealed class VectorTests
{
    private static readonly bool Accept = Environment.GetEnvironmentVariable("CRDT_ACCEPT") == "1";

    public static TheoryData<string> Files => [.. VectorCatalog.Files.Keys];

    [Theory]
    [MemberData(nameof(Files))]
    public void What_was_frozen_is_made_read_and_written_as_ever(string file)
    {
        var vectors = VectorCatalog.Files[file].ToDictionary(vector => vector.Name);
        var frozen = VectorFile.Read(file);
        if (Accept)
        {
            VectorFile.Append(file, vectors.Values.Where(vector => frozen.All(block => block.Name != vector.Name)).Select(Block.Of));
            frozen = VectorFile.Read(file);
        }

        Assert.Equal(frozen.Select(block => block.Name).Order(), vectors.Keys.Order());
        Assert.All(frozen, block => Assert.Null(Comparison.Difference(block, vectors[block.Name])));
    }

    [Fact]
    public void Every_kind_of_field_has_a_vector() => Assert.Empty(Enum.GetValues<FieldKind>().Except(VectorCatalog.Subjects.SelectMany(subject => subject.Fields).Select(field => field.Kind)));

    [Fact]
    public void Every_kind_of_value_has_a_vector_of_its_own_and_one_in_an_entity()
    {
        Assert.Empty(Enum.GetValues<ValueKind>().Except(VectorCatalog.Subjects.SelectMany(subject => subject.Fields).SelectMany(field => Parts(field.Value)).Select(type => type.Kind)));
        var values = VectorFile.Read("values").SelectMany(block => block.All("form")).ToArray();
        var kinds = Enum.GetNames<ValueKind>().Except([nameof(ValueKind.Optional)]);
        Assert.All(kinds, kind => Assert.Contains(values, form => form.StartsWith($"value, {kind}", StringComparison.Ordinal)));
    }

    private static IEnumerable<ValueSchema> Parts(ValueSchema type) =>
        [type, .. type.Element is null ? [] : Parts(type.Element), .. type.Members.SelectMany(member => Parts(member.Value))];
}
