using System.Text.Json;
using Crdt.Cli.Replicas;

namespace Crdt.Cli.Hubs;

/// <summary>The hubs that a replica has been let in to, with its tokens, in a file that only its owner can read.</summary>
internal sealed class KnownHubs(string path)
{
    /// <summary>The hub at an address; null where the replica hasn't been let in.</summary>
    public KnownHub? At(Uri address) => Read().GetValueOrDefault(address.ToString());

    /// <summary>Remembers a hub.</summary>
    public void Add(Uri address, KnownHub hub)
    {
        var hubs = Read();
        hubs[address.ToString()] = hub;
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream($"{path}.new", options)) JsonSerializer.Serialize(file, hubs, ToolJson.Default.DictionaryStringKnownHub);
        File.Move($"{path}.new", path, overwrite: true);
    }

    private Dictionary<string, KnownHub> Read()
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), ToolJson.Default.DictionaryStringKnownHub) ?? [] : [];
        }
        catch (JsonException error)
        {
            throw new ToolException(ExitCode.Replica, $"'{path}', which holds the tokens for hubs, can't be read: {error.Message} Move it away, and enroll again.", error);
        }
    }
}
