using System.Runtime.InteropServices.JavaScript;
using Crdt.Browser.Interop;
using Crdt.Codec;
using Crdt.Storage;

namespace Crdt.Browser.Storage;

/// <summary>Says in words for people what the errors of IndexedDB mean for a store.</summary>
internal static class IndexedDbFault
{
    /// <summary>Runs what works on the database, and tells what went wrong.</summary>
    public static async Task<T> RunAsync<T>(string name, Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (JSException error)
        {
            throw Describe(name, error);
        }
        catch (WireFormatException error)
        {
            throw new StoreException(Damaged(name, error.Message), error);
        }
    }

    public static string Damaged(string name, string detail) =>
        $"The store '{name}' is damaged. Delete it and let the replica start anew: it takes its data from a peer. ({detail})";

    // The message begins with the name of the error; see 'named' in web/src/records/database.ts.
    private static StoreException Describe(string name, JSException error) => new(NameOf(error.Text()) switch
    {
        "QuotaExceededError" => $"The store '{name}' could not be written, because the browser gives this site no more room; nothing was changed. Free some space on this device, or let the site keep more, and try again.",
        "VersionError" => $"The store '{name}' was made by a later version of this page. Reload the page to get that version.",
        "BlockedError" => $"The store '{name}' is open in another page of an older version: close that page, and try again.",
        "ClosedError" or "InvalidStateError" => $"The store '{name}' can't be used any more: {DetailOf(error.Text())}. Reload the page. What was acknowledged and not removed is safe.",
        "NotFoundError" => $"The key that the replica of the store '{name}' signs with is gone, so nothing can be signed. Delete the store and let the replica start anew: it takes its data from a peer.",
        "SecurityError" => $"The browser lets this page store nothing, so the replica '{name}' can't be opened: allow this site to keep data.",
        _ => $"The browser refused to work on the store '{name}'; nothing was changed. ({error.Text()})",
    }, error);

    private static string NameOf(string message) => message.Split(':')[0];

    private static string DetailOf(string message) => message[(message.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
}
