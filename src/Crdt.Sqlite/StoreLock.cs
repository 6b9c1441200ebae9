using System.Globalization;
using Crdt.Storage;

namespace Crdt.Sqlite;

/// <summary>
/// Keeps a store to one opener: a file beside it that is held open and shared with nobody, so that the operating system
/// lets go of it when the process dies. The file itself stays, because removing it would let two openers lock two files
/// of one name. Who holds it stands in a second file, since nobody can read the first one.
/// </summary>
internal sealed class StoreLock : IDisposable
{
    private readonly FileStream _file;
    private readonly string _owner;

    private StoreLock(FileStream file, string owner) => (_file, _owner) = (file, owner);

    /// <exception cref="StoreException">Somebody holds it, or it can't be made.</exception>
    public static StoreLock Take(string store)
    {
        var (file, owner) = (store + ".lock", store + ".pid");
        try
        {
            if (Path.GetDirectoryName(store) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
            var held = new StoreLock(new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1), owner);
            held.NameOwner();
            return held;
        }
        catch (UnauthorizedAccessException error)
        {
            throw new StoreException($"'{store}' can't be opened, because '{file}' may not be written: give this user the right to write in that folder.", error);
        }
        catch (IOException error) when (File.Exists(file))
        {
            throw new StoreException(
                $"'{store}' is open in another replica or process{ReadOwner(owner)}: close that one, or give this replica a path of its own. " +
                $"('{file}' is locked by it.)", error);
        }
        catch (IOException error)
        {
            throw new StoreException($"'{store}' can't be opened, because '{file}' can't be created: {error.Message}", error);
        }
    }

    public void Dispose()
    {
        try
        {
            File.Delete(_owner);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It only serves a message; the next owner overwrites it.
        }

        _file.Dispose();
    }

    private void NameOwner()
    {
        try
        {
            File.WriteAllText(_owner, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The lock holds without it; only the message to a second opener says less.
        }
    }

    private static string ReadOwner(string owner)
    {
        try
        {
            return int.TryParse(File.ReadAllText(owner), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? $" (pid {id})" : "";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
