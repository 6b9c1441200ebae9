using System.Runtime.CompilerServices;
using Crdt.Kuzu;
using Crdt.Kuzu.Binding;

namespace Crdt.Tests.Kuzu.Binding;

/// <summary>What this program does when a test starts it again: it holds a database open until its input ends.</summary>
internal static class LockHolder
{
    public const string Argument = "--hold-database";
    public const string Ready = "holding";

    [ModuleInitializer]
    internal static void Run()
    {
        if (Environment.GetCommandLineArgs() is not [_, Argument, var path])
            return;
        using (KuzuDatabase.Open(path, ScratchFolder.Small))
        {
            Console.WriteLine(Ready);
            Console.In.ReadToEnd();
        }

        Environment.Exit(0);
    }
}
