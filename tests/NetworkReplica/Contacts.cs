using Crdt.Sync.Gossip;

namespace Crdt.Tests.NetworkReplica;

/// <summary>Writes down why contacts failed, for whoever looks for the cause of something.</summary>
internal sealed class Contacts : IProgress<GossipContact>
{
    public void Report(GossipContact value)
    {
        if (value.Error is { } error) Console.WriteLine($"contact {error.GetType().Name}: {error.Message.ReplaceLineEndings(" ")}");
    }
}
