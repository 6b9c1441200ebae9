using Crdt.Browser.Interop;

namespace Crdt.Browser.Storage;

/// <summary>How safe what a site keeps is from the browser itself.</summary>
/// <param name="IsPersistent">
/// Whether the browser promises to keep it until a person deletes it. Otherwise, it may evict all of the site's data where the device runs short, and does so at the end of a private window. The page itself
/// has to ask for it, with <c>navigator.storage.persist()</c>, which workers can't.
/// </param>
/// <param name="Used">How many bytes the site keeps, about.</param>
/// <param name="Quota">How many it may keep; a private window has little.</param>
public sealed record StoragePersistence(bool IsPersistent, long Used, long Quota)
{
    /// <summary>Asks the browser.</summary>
    public static async Task<StoragePersistence> ReadAsync()
    {
        using var said = await Persistence.ReadAsync().ConfigureAwait(false);
        return new(said.GetPropertyAsBoolean("isPersistent"), (long)said.GetPropertyAsDouble("used"), (long)said.GetPropertyAsDouble("quota"));
    }
}
