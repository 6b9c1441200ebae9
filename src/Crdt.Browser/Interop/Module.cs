namespace Crdt.Browser.Interop;

/// <summary>What the modules in <c>web</c> are called on this side.</summary>
internal static class Module
{
    public const string Name = "crdt";
}
