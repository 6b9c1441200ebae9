using Microsoft.CodeAnalysis.CSharp;

namespace Crdt.Generators.Emitting;

/// <summary>Values as C# writes them.</summary>
internal static class Literal
{
    public static string Of(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    public static string Of(bool value) => value ? "true" : "false";

    public static string Of(long value) => SymbolDisplay.FormatPrimitive(value, quoteStrings: false, useHexadecimalNumbers: false) + "L";
}
