using Crdt.Sync.Gossip;
using Microsoft.Extensions.Options;

namespace Crdt.AspNetCore.Hosting;

/// <summary>Says at the start of the host what is missing or makes no sense, instead of at the first session.</summary>
internal sealed class CrdtReplicaOptionsValidator : IValidateOptions<CrdtReplicaOptions>
{
    public ValidateOptionsResult Validate(string? name, CrdtReplicaOptions options)
    {
        var failures = new List<string>();
        if (string.IsNullOrWhiteSpace(options.Name)) failures.Add($"{nameof(CrdtReplicaOptions.Name)} is missing: give the replica a name for people, such as that of the machine.");
        if (options.Replica is null) failures.Add($"{nameof(CrdtReplicaOptions.Replica)} is missing: choose a store, as in options.Replica = replica => replica.UseSqlite().");
        if (options.Schema is null && string.IsNullOrWhiteSpace(options.Graph)) failures.Add($"{nameof(CrdtReplicaOptions.Schema)} and {nameof(CrdtReplicaOptions.Graph)} are missing: one of them has to say what the graph is called.");
        if (options is { Schema: { } schema, Graph: { } graph } && schema.Name != graph) failures.Add($"The schema is of the graph '{schema.Name}', and {nameof(CrdtReplicaOptions.Graph)} says '{graph}': leave the latter out.");
        try
        {
            _ = new WebSocketPeers(options.Peers, options.Connections);
        }
        catch (ArgumentException error)
        {
            failures.Add($"{nameof(CrdtReplicaOptions.Peers)}: {error.Message}");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
