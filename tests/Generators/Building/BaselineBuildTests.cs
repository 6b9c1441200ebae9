namespace Crdt.Tests.Generators.Building;

/// <summary>The baseline as users meet it: written and checked by <c>dotnet build</c>.</summary>
public sealed class BaselineBuildTests
{
    private const string Write = "-p:CrdtWriteSchema=true";

    private const string Person = """
        [CrdtNode]
        public partial class Person
        {
            [Key] public partial long Id { get; }
            [Lww] public partial string? Name { get; set; }
        }

        """;

    private const string Written = """
        {
          "format": "crdt-schema-1",
          "types": {
            "Person": {
              "form": "node",
              "key": "Int64",
              "lane": "main",
              "deletion": "DeleteWins",
              "fields": {
                "Name": { "kind": "Register", "value": "Text" }
              }
            }
          }
        }

        """;

    [Fact]
    public void A_baseline_is_written_on_request_and_then_checked_by_every_build()
    {
        using var project = new ScratchProject(Person);
        RequireSuccess(project.Build());
        Assert.False(File.Exists(project.BaselinePath));

        Assert.Contains("crdt.schema.json", RequireSuccess(project.Build(Write)), StringComparison.Ordinal);
        Assert.Equal(Written.ReplaceLineEndings("\n"), File.ReadAllText(project.BaselinePath).ReplaceLineEndings("\n"));
        Assert.Contains(" 0 Warning(s)", RequireSuccess(project.Build()), StringComparison.Ordinal);

        project.Edit(Person.Replace("string? Name", "int Name", StringComparison.Ordinal));
        var (succeeded, output) = project.Build();
        Assert.False(succeeded);
        Assert.Contains("Model.cs(6,", output, StringComparison.Ordinal);
        Assert.Contains("error CRDT040: 'Person.Name' was a Register of Text and is a Register of Int32", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_baseline_is_written_anew_after_edits_and_left_alone_otherwise()
    {
        using var project = new ScratchProject(Person, "<TargetFrameworks>\n net10.0;\n </TargetFrameworks>");
        RequireSuccess(project.Build(Write));
        var more = Person.Replace("    [Lww]", "    [Counter] public partial long Age { get; set; }\n    [Lww]", StringComparison.Ordinal);
        project.Edit(more);
        Assert.Contains("crdt.schema.json(1,1): warning CRDT043", RequireSuccess(project.Build()), StringComparison.Ordinal);

        project.Edit(more + "public class Unfinished : Missing;");
        Assert.False(project.Build(Write).Succeeded);
        Assert.DoesNotContain("Age", File.ReadAllText(project.BaselinePath), StringComparison.Ordinal);

        project.Edit(more);
        RequireSuccess(project.Build(Write));
        Assert.Contains("Age", File.ReadAllText(project.BaselinePath), StringComparison.Ordinal);
        var written = File.GetLastWriteTimeUtc(project.BaselinePath);
        RequireSuccess(project.Build(Write));
        Assert.Equal(written, File.GetLastWriteTimeUtc(project.BaselinePath));
    }

    [Fact]
    public void A_project_without_annotated_classes_gets_no_file()
    {
        using var project = new ScratchProject("public class Plain;");
        RequireSuccess(project.Build(Write));
        Assert.False(File.Exists(project.BaselinePath));
    }

    private static string RequireSuccess((bool Succeeded, string Output) build)
    {
        Assert.True(build.Succeeded, build.Output);
        return build.Output;
    }
}
