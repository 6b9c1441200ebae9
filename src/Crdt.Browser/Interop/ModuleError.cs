using System.Runtime.InteropServices.JavaScript;

namespace Crdt.Browser.Interop;

/// <summary>What the modules in <c>web</c> say of an error.</summary>
internal static class ModuleError
{
    private const string Prefix = "Error: ";

    /// <summary>The message as it was thrown: the runtime puts the name of the class in front.</summary>
    public static string Text(this JSException error) => error.Message.StartsWith(Prefix, StringComparison.Ordinal) ? error.Message[Prefix.Length..] : error.Message;
}
