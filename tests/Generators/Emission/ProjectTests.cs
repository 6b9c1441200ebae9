using System.Reflection;
using Crdt.Tests.Generators.Driving;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Crdt.Tests.Generators.Emission;

/// <summary>What is emitted suits projects of every setting.</summary>
public sealed class ProjectTests
{
    private const string Everything = """
        namespace Shop
        {
            using Crdt;
            using Crdt.Types;

            /// <summary>Node.</summary>
            [CrdtNode]
            public partial class Person
            {
                /// <summary>Key.</summary>
                [Key] public partial string Id { get; }

                /// <summary>Text.</summary>
                [Lww(Resolve = nameof(First))] public partial string Email { get; set; }

                /// <summary>Number.</summary>
                [Lww] public partial int? Age { get; set; }

                /// <summary>Bytes.</summary>
                [Lww] public partial byte[] Photo { get; set; }

                /// <summary>Count.</summary>
                [Counter] public partial long Stock { get; set; }

                /// <summary>Set.</summary>
                [OrSet] public partial System.Collections.Generic.ISet<string> Tags { get; }

                private static string First(System.Collections.Generic.IReadOnlyList<Sibling<string>> all) => all[0].Value;
            }

            /// <summary>Record.</summary>
            [CrdtNode]
            public partial record Place
            {
                /// <summary>Key.</summary>
                [Key] public partial int Number { get; }

                /// <summary>Text.</summary>
                [Lww] public partial string Name { get; set; }

                /// <summary>Set.</summary>
                [OrSet] public partial System.Collections.Generic.ISet<int> Codes { get; }

                /// <summary>Only here.</summary>
                public string Note { get; init; } = "";
            }

            /// <summary>Relationship.</summary>
            [CrdtRel(typeof(Person), typeof(Place))]
            public sealed partial record LivesIn
            {
                /// <summary>Discriminator.</summary>
                [Key] public partial ulong Nth { get; }
            }

            /// <summary>Schema.</summary>
            [CrdtSchema("shop")]
            public partial class ShopSchema;
        }
        """;

    [Theory]
    [InlineData(NullableContextOptions.Disable)]
    [InlineData(NullableContextOptions.Annotations)]
    [InlineData(NullableContextOptions.Warnings)]
    [InlineData(NullableContextOptions.Enable)]
    public void Nullability_on_or_off(NullableContextOptions nullable)
    {
        var compilation = Sample.CompileBare(Everything);
        Sample.Run(compilation.WithOptions(compilation.Options.WithNullableContextOptions(nullable))).RequireClean();
    }

    [Fact]
    public void Without_implicit_usings() => Sample.Run(Sample.CompileBare(Everything)).RequireClean();

    [Fact]
    public void Where_arithmetic_is_checked_every_key_is_read_back()
    {
        var compilation = Sample.Compile("""
            [CrdtNode] public partial class Signed { [Key] public partial long Id { get; } }
            [CrdtNode] public partial class Unsigned { [Key] public partial ulong Id { get; } }
            [CrdtNode] public partial class Narrow { [Key] public partial uint Id { get; } [Counter] public partial long Stock { get; set; } }
            [CrdtNode] public partial record Small { [Key] public partial sbyte Id { get; } }
            public static class Probe
            {
                public static string Run()
                {
                    var replica = new Replica("phone");
                    var signed = Signed.Decode(new Signed(replica, long.MinValue).Encode());
                    var unsigned = Unsigned.Decode(new Unsigned(replica, ulong.MaxValue).Encode());
                    var narrow = Narrow.Decode((new Narrow(replica, uint.MaxValue) { Stock = long.MinValue }).Encode());
                    var small = Small.Decode((new Small(replica, sbyte.MinValue) with { }).Encode());
                    _ = HashCode.Combine(signed, unsigned, narrow, small);
                    return $"{signed.Id} {unsigned.Id} {narrow.Id} {narrow.Stock} {small.Id}";
                }
            }
            """);
        var probe = Sample.Load(compilation.WithOptions(compilation.Options.WithOverflowChecks(true))).GetType("Probe")!.GetMethod("Run")!;
        Assert.Equal("-9223372036854775808 18446744073709551615 4294967295 -9223372036854775808 -128", probe.Invoke(null, null));
    }

    // Emitted code is parsed as the user's is; whatever a later version brought would be an error.
    [Fact]
    public void All_of_it_is_csharp_13() => Assert.All(
        Sample.Complete(Sample.Compile(Everything)).SyntaxTrees, tree => Assert.Equal(LanguageVersion.CSharp13, ((CSharpParseOptions)tree.Options).LanguageVersion));

    // C# 13 knows neither extension blocks nor compound assignments as operators.
    [Fact]
    public void The_library_shows_nothing_that_csharp_13_lacks()
    {
        var shown = typeof(Replica).Assembly.GetExportedTypes();
        Assert.NotEmpty(shown);
        Assert.DoesNotContain(shown, type => type.Name.StartsWith("<G>", StringComparison.Ordinal) || type.Name.StartsWith("<>E", StringComparison.Ordinal));
        var members = shown.SelectMany(type => type.GetMembers(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly));
        Assert.DoesNotContain(members, member => member.Name.StartsWith("op_", StringComparison.Ordinal) && member.Name.EndsWith("Assignment", StringComparison.Ordinal));
    }
}
