using Crdt.Schema;
using Crdt.Tests.Generators.Driving;
using Crdt.Tests.Generators.Features;

namespace Crdt.Tests.Generators.Baseline;

/// <summary>What a baseline says is what replicas compare, in a form to be read in reviews.</summary>
public sealed class BaselineTextTests
{
    private const string Source = """
        public enum Size : byte { Small, Large }
        public sealed record Address(string Street, int? Number, IReadOnlyList<string?> Lines);

        [CrdtNode(Name = "client", Lane = "people", Deletion = Deletion.UpdateWins)]
        public partial class Person
        {
            [Key] public partial Guid Id { get; }
            [OrMap(Name = "homes")] public partial IDictionary<Size, Address?> Homes { get; }
            [Lww] public partial string? Name { get; set; }
            [CounterMap] public partial ICounterMap<string> Votes { get; }
        }

        [CrdtRel(typeof(Person), typeof(Person))]
        public partial class Knows;

        [CrdtRel(typeof(Person), typeof(Person), Multiplicity = Multiplicity.OneOne, OnEndDeleted = OnEndDeleted.Restore)]
        public partial class Marries;
        """;

    private const string Text = """
        {
          "format": "crdt-schema-1",
          "types": {
            "Knows": {
              "form": "relationship",
              "source": "client",
              "target": "client",
              "lane": "main",
              "deletion": "DeleteWins",
              "fields": {}
            },
            "Marries": {
              "form": "relationship",
              "source": "client",
              "target": "client",
              "lane": "main",
              "deletion": "DeleteWins",
              "multiplicity": "OneOne",
              "ends": "Restore",
              "fields": {}
            },
            "client": {
              "form": "node",
              "key": "Guid",
              "lane": "people",
              "deletion": "UpdateWins",
              "fields": {
                "Name": { "kind": "Register", "value": "Text" },
                "Votes": { "kind": "CounterMap", "key": "Text", "value": "Int64" },
                "homes": { "kind": "Map", "key": "Enum of UInt8", "value": "Record(Text Street, Int32? Number, List of Text? Lines)" }
              }
            }
          }
        }

        """;

    [Fact]
    public void A_baseline_is_sorted_and_has_a_line_for_each_field() => Assert.Equal(Text.ReplaceLineEndings("\n"), Sample.Baseline(Sample.Compile(Source)));

    [Fact]
    public void A_project_without_annotated_classes_gets_none() => Assert.Equal("", Sample.Baseline(Sample.Compile("public class Plain;")));

    [Fact]
    public void A_project_that_had_annotated_classes_gets_an_empty_one()
    {
        var emitted = Sample.Run(Sample.Compile("public class Plain;"), new(Text, IsBaselineRequested: true)).Emitted["crdt.schema.g.cs"];
        Assert.Contains("\"types\": {}", emitted, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_written_differs_in_nothing() => Assert.Empty(Sample.Run(Sample.Compile(Source), new(Text)).Findings);

    [Fact]
    public void Nothing_is_emitted_without_a_request() => Assert.DoesNotContain("crdt.schema.g.cs", Sample.Run(Source).Emitted.Keys);

    [Theory]
    [InlineData("EveryKind.cs")]
    [InlineData("EveryValue.cs")]
    [InlineData("EveryNullable.cs")]
    [InlineData("EverySet.cs")]
    public void The_words_are_those_of_the_schema_at_run_time(string file)
    {
        var source = File.ReadAllText(Repository.Path("tests", "Generators", "Features", file));
        var baseline = Sample.Baseline(Sample.Compile(source, "global using Crdt.Tests.Generators.Features;"));
        var types = new[] { EveryKind.EntityType, EveryValue.EntityType, EveryNullable.EntityType, EverySet.EntityType };
        var type = types.Single(type => type.Name == Path.GetFileNameWithoutExtension(file));
        Assert.NotEmpty(type.Fields);
        foreach (var field in type.Fields) Assert.Contains(Line(field), baseline, StringComparison.Ordinal);
        Assert.Contains($"\"key\": \"{type.Key!.Value}\"", baseline, StringComparison.Ordinal);
    }

    private static string Line(FieldSchema field) =>
        $"        \"{field.Name}\": {{ \"kind\": \"{field.Kind}{(field.Kind == FieldKind.BoundedCounter ? $" from {field.Min}" : "")}\"{(field.Key is { } key ? $", \"key\": \"{key}\"" : "")}, \"value\": \"{field.Value}\" }}";
}
