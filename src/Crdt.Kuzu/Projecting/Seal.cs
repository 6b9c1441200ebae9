using System.Globalization;
using System.Security.Cryptography;

namespace Crdt.Kuzu.Projecting;

/// <summary>
/// A small file beside the database that says how it was left. The engine follows damaged pages until the process dies, which no
/// <c>catch</c> sees; so a database that was closed is held against its hash before the engine touches it, and one at whose opening or
/// closing a process died is not opened a second time.
/// </summary>
/// <param name="database">The path of the database.</param>
/// <param name="mayBeWritten">Whether others may write to the database while it is closed.</param>
internal sealed class Seal(string database, bool mayBeWritten)
{
    private const string Opening = "opening", Open = "open", Written = "written", Closing = "closing", Closed = "closed";

    private readonly string _path = database + Suffix;
    private string? _former;
    private bool _isReplaced;

    /// <summary>Whether others may write to the database while it is closed.</summary>
    public bool MayBeWritten => mayBeWritten;

    /// <summary>What the seal's name adds to the name of the database.</summary>
    public const string Suffix = ".seal";

    /// <summary>Whether the database was closed, and is as it was then.</summary>
    public bool IsIntact { get; private set; }

    /// <summary>Whether somebody may have written to the database, as is allowed, since it was last found to be right.</summary>
    public bool IsWritten { get; private set; }

    /// <summary>Whether others may have written to the database that a process left open when it was killed.</summary>
    public bool IsUncertain { get; private set; }

    /// <summary>Whether a capture began and didn't end.</summary>
    public bool IsInterrupted { get; private set; }

    /// <summary>Why the engine must not touch the database; null where nothing speaks against it. O(bytes) where it was closed.</summary>
    public string? Doubt()
    {
        (IsIntact, IsWritten, IsUncertain, IsInterrupted) = (false, mayBeWritten && !File.Exists(_path), false, false);
        if (!File.Exists(_path)) return null;
        switch (File.ReadAllText(_path).Split(' '))
        {
            case [Open]:
                IsUncertain = mayBeWritten;
                return null;
            case [Written]:
                (IsWritten, IsInterrupted) = (mayBeWritten, mayBeWritten);
                return mayBeWritten ? null : "somebody has written to it directly, and that isn't captured";
            case [Opening]:
                return "a process ended while it was opening the file";
            case [Closing]:
                return "a process ended while it was closing the file";
            case [Closed, var length, var hash]:
                IsIntact = HasNoLog && Describe() == (length, hash);
                IsWritten = !IsIntact && mayBeWritten;
                return IsIntact || IsWritten ? null : "the file is not as it was left when it was closed";
            default:
                return "the file's seal is damaged";
        }
    }

    /// <summary>To be called before the engine opens the database.</summary>
    public void MarkOpening()
    {
        _former = File.Exists(_path) ? File.ReadAllText(_path) : null;
        _isReplaced = true;
        File.WriteAllText(_path, Opening);
    }

    /// <summary>Takes back <see cref="MarkOpening"/>, where what went wrong says nothing of the file: it is in use, or there is no engine.</summary>
    public void Restore()
    {
        if (!_isReplaced) return;
        _isReplaced = false;
        if (_former is null) Remove();
        else File.WriteAllText(_path, _former);
    }

    /// <summary>To be called once the database has been opened and found to be right.</summary>
    public void MarkOpen()
    {
        (_isReplaced, IsWritten, IsUncertain) = (false, false, false);
        File.WriteAllText(_path, Open);
    }

    /// <summary>To be called before somebody writes to the database, and once it is open where they have: until it is found to be right, that is kept.</summary>
    public void MarkWritten()
    {
        (_isReplaced, IsWritten) = (false, true);
        File.WriteAllText(_path, Written);
    }

    /// <summary>
    /// To be called where somebody else has the file open and may change it: what was a doubt before stays one, but a hash says
    /// nothing any more.
    /// </summary>
    public void MarkShared()
    {
        Restore();
        if (File.Exists(_path) && File.ReadAllText(_path).StartsWith(Closed, StringComparison.Ordinal)) MarkOpen();
    }

    /// <summary>To be called before the engine closes the database: writing the log into a damaged file can go on for ever.</summary>
    public void MarkClosing()
    {
        _isReplaced = false;
        File.WriteAllText(_path, Closing);
    }

    /// <summary>To be called once the engine has closed the database. It never fails: without a hash, the next opening looks closer.</summary>
    public void MarkClosed()
    {
        try
        {
            if (!HasNoLog || !File.Exists(database))
            {
                MarkOpen();
                return;
            }

            var (length, hash) = Describe();
            File.WriteAllText(_path, $"{Closed} {length} {hash}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            RemoveQuietly();
        }
    }

    /// <summary>Forgets how the database was left, for there is another one or none now.</summary>
    public void Remove() => File.Delete(_path);

    private void RemoveQuietly()
    {
        try
        {
            Remove();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
        }
    }

    // What was closed has been written to the file as a whole; a log beside it has come from elsewhere.
    private bool HasNoLog => !HasBytes(".wal") && !HasBytes(".shadow");

    private bool HasBytes(string suffix) => new FileInfo(database + suffix) is { Exists: true, Length: > 0 };

    private (string Length, string Hash) Describe()
    {
        using var file = new FileStream(database, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
        return (file.Length.ToString(CultureInfo.InvariantCulture), Convert.ToHexStringLower(SHA256.HashData(file)));
    }
}
