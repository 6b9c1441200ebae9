namespace Crdt.Tests.Architecture.Sources;

public sealed class LayoutTests
{
    private const string Project = "src/Shop.Core/Shop.Core.csproj";

    [Theory]
    [InlineData("src/Shop.Core/Clock.cs", "Shop")]
    [InlineData("src/Shop.Core/Clocks/Clock.cs", "Shop.Clocks")]
    [InlineData("src/Shop.Core/Clocks/Wall/Clock.cs", "Shop.Clocks.Wall")]
    public void A_namespace_of_the_folder_is_accepted(string path, string name) =>
        Assert.Empty(Layout.CheckNamespace(File(path, $"namespace {name}; class Clock {{ enum Inner {{ }} }}"), Project, "Shop"));

    [Theory]
    [InlineData("namespace Shop; class Clock;")]
    [InlineData("namespace Shop.clocks { class Clock; }")]
    [InlineData("class Clock;")]
    [InlineData("namespace System.Runtime.CompilerServices; public class IsExternalInit;")]
    public void Another_namespace_is_named_with_its_line(string text)
    {
        var violation = Assert.Single(Layout.CheckNamespace(File("src/Shop.Core/Clocks/Clock.cs", text), Project, "Shop"));
        Assert.StartsWith("src/Shop.Core/Clocks/Clock.cs(1): '", violation, StringComparison.Ordinal);
        Assert.EndsWith("its folder says 'Shop.Clocks'.", violation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_polyfill_keeps_the_namespace_that_the_compiler_looks_in() =>
        Assert.Empty(Layout.CheckNamespace(File("src/Shop.Core/Clock.cs", "namespace System.Runtime.CompilerServices; static class IsExternalInit;"), Project, "Shop"));

    [Theory]
    [InlineData("Bag.cs", "public sealed class Bag<T> { public enum Mood { } } internal class Other;")]
    [InlineData("Bag.Algebra.cs", "public partial class Bag { }")]
    [InlineData("Bag.cs", "public interface Bag; public interface Bag<T> : Bag;")]
    [InlineData("NumberCodecs.cs", "public struct Int32Codec; public struct Int64Codec;")]
    [InlineData("Bag.cs", "public delegate void Bag();")]
    [InlineData("Anything.cs", "internal enum Other { }")]
    public void A_file_named_for_its_public_type_is_accepted(string name, string text) =>
        Assert.Empty(Layout.CheckPublicTypes(File(name, $"namespace Shop; {text}")));

    [Theory]
    [InlineData("Bag.cs", "public class Sack;", "Sack")]
    [InlineData("Bag.cs", "public class Bag; public delegate void Sack();", "Sack")]
    [InlineData("Bag.cs", "public class Bag; public enum Sack { }", "Sack")]
    [InlineData("Bag.cs", "public class Bag; public readonly record struct Sack(int A);", "Sack")]
    [InlineData("NumberCodecs.cs", "public struct Int32Codec; public struct Number;", "Number")]
    [InlineData("Bags.cs", "public class Bag;", "Bag")]
    public void A_public_type_in_the_wrong_file_is_named(string name, string text, string type) =>
        Assert.Equal([$"{name}(1): the public type '{type}' belongs in a file '{type}.cs' of its own."], Layout.CheckPublicTypes(File(name, $"namespace Shop; {text}")));

    [Fact]
    public void Three_hundred_lines_are_the_most()
    {
        var text = string.Concat(Enumerable.Repeat("//\n", 300));
        Assert.Empty(Layout.CheckLength(File("A.cs", text)));
        Assert.StartsWith("A.cs: 301 lines", Assert.Single(Layout.CheckLength(File("A.cs", text + "//\n"))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("StoreManager", false)]
    [InlineData("PathHelpers", false)]
    [InlineData("Utils", false)]
    [InlineData("ByteUtil", false)]
    [InlineData("Utilities", false)]
    [InlineData("UtilsOfBytes", false)]
    [InlineData("Utilization", true)]
    [InlineData("ManagerialScope", true)]
    [InlineData("Store", true)]
    public void Vague_names_are_refused(string name, bool fine) =>
        Assert.Equal(fine, !Layout.CheckTypeNames(File("A.cs", $"class Outer {{ record {name}; }}")).Any());

    private static SourceFile File(string path, string text) => new(path, text);
}
