namespace Crdt.AspNetCore.Authentication;

/// <summary>Keeps other processes from changing a file at the same time.</summary>
internal static class FileLock
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10), Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Takes the lock, which is held until it is disposed, or the process ends.</summary>
    /// <exception cref="IOException">Somebody else holds it for too long.</exception>
    public static IDisposable Take(string path)
    {
        for (var begin = Environment.TickCount64; ;)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (Environment.TickCount64 - begin < Patience.TotalMilliseconds)
            {
                Thread.Sleep(Pause);
            }
        }
    }
}
