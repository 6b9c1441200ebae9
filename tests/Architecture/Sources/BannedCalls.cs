using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Crdt.Tests.Architecture.Sources;

/// <summary>
/// Finds what code that runs single-threaded, and under simulated time and chance, may not use. It reads names and not
/// types, so a property of one's own that is called <c>Result</c> is refused too.
/// </summary>
internal static class BannedCalls
{
    private const string Blocks = "a thread of WebAssembly can't block: await it";
    private const string Starts = "there is one thread under WebAssembly";
    private const string Asks = "time comes from a TimeProvider";
    private const string Draws = "chance comes from a seeded source";

    public static IEnumerable<string> Check(SourceFile file) =>
        from name in file.Tree.DescendantNodes().OfType<SimpleNameSyntax>()
        let reason = ReasonAgainst(name)
        where reason is not null
        select file.Say(name, $"'{Shown(name)}': {reason}.");

    private static string? ReasonAgainst(SimpleNameSyntax name) => (OwnerOf(name), name.Identifier.Text) switch
    {
        ("DateTime" or "DateTimeOffset", "Now" or "UtcNow" or "Today") => Asks,
        ("Guid", "NewGuid" or "CreateVersion7") => Draws,
        ("Task", "Run" or "WaitAll" or "WaitAny") => Starts,
        ("Factory", "StartNew") => Starts,
        ({ }, "Result" or "GetResult") => Blocks,
        ({ }, "Wait") when IsCalled(name) => Blocks,
        (null or "System" or "Threading", "Thread" or "ThreadPool") => Starts,
        (null or "System", "Random") => Draws,
        _ => null,
    };

    /// <summary>The last name before the dot in front of <paramref name="name"/>; null where there is no dot, "?" where an expression is.</summary>
    private static string? OwnerOf(SimpleNameSyntax name)
    {
        var owner = name.Parent switch
        {
            MemberAccessExpressionSyntax access when access.Name == name => access.Expression,
            QualifiedNameSyntax qualified when qualified.Right == name => qualified.Left,
            MemberBindingExpressionSyntax => name.Parent,
            _ => null,
        };
        return owner switch
        {
            null => null,
            SimpleNameSyntax simple => simple.Identifier.Text,
            MemberAccessExpressionSyntax access => access.Name.Identifier.Text,
            QualifiedNameSyntax qualified => qualified.Right.Identifier.Text,
            AliasQualifiedNameSyntax alias => alias.Name.Identifier.Text,
            _ => "?",
        };
    }

    private static bool IsCalled(SimpleNameSyntax name) =>
        name.Parent is { Parent: InvocationExpressionSyntax call } access && call.Expression == access;

    private static string Shown(SimpleNameSyntax name) =>
        name.Parent is MemberAccessExpressionSyntax or QualifiedNameSyntax ? name.Parent.ToString().ReplaceLineEndings(" ") : name.Identifier.Text;
}
