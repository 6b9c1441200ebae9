using System.Globalization;
using Crdt.Projection;

namespace Crdt.Kuzu.Projecting;

/// <summary>
/// Keeps a database to one replica, in this process and in others: a file beside it that is held open and shared with nobody, so that
/// the operating system lets go of it when the process dies. The engine's own lock comes too late, since a database is
/// examined, and may be moved away, before the engine opens it. Who holds it stands in a second file, for nobody can read the first.
/// </summary>
internal sealed class DatabaseLease : IDisposable
{
    private readonly FileStream _file;
    private readonly string _holder;

    private DatabaseLease(FileStream file, string holder) => (_file, _holder) = (file, holder);

    /// <summary>Takes the lease; the folder has to exist.</summary>
    /// <exception cref="ProjectionException">Somebody holds it; the message says who.</exception>
    /// <exception cref="IOException">It can't be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static DatabaseLease Take(string database)
    {
        var (file, holder) = (database + ".lock", database + ".pid");
        try
        {
            var lease = new DatabaseLease(new(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1), holder);
            lease.NameHolder();
            return lease;
        }
        catch (IOException error) when (File.Exists(file))
        {
            var message = $"The graph database '{database}' is open in another replica{ReadHolder(holder)}: close it there first, or give this replica a path of its own. "
                + $"('{file}' is locked by it.)";
            throw new ProjectionException(message, error) { IsInUse = true };
        }
    }

    public void Dispose()
    {
        Quietly(() => File.Delete(_holder));
        _file.Dispose();
    }

    private void NameHolder() =>
        Quietly(() => File.WriteAllText(_holder, string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId} {Path.GetFileName(Environment.ProcessPath)}")));

    private static string ReadHolder(string holder)
    {
        var text = "";
        Quietly(() => text = File.ReadAllText(holder));
        if (text.Split(' ', 2) is not [var id, var program]) return "";
        return id == Environment.ProcessId.ToString(CultureInfo.InvariantCulture) ? " of this process" : $", in process {id} ({program})";
    }

    // The name only serves a message; the lease holds without it.
    private static void Quietly(Action access)
    {
        try
        {
            access();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
        }
    }
}
