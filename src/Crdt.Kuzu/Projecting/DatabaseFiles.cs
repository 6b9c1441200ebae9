using System.Globalization;

namespace Crdt.Kuzu.Projecting;

/// <summary>The files of one database: the file itself and what the engine keeps beside it.</summary>
/// <param name="path">The path of the database.</param>
/// <param name="time">Where the time is read that names what is set aside.</param>
internal sealed class DatabaseFiles(string path, TimeProvider time)
{
    private static readonly string[] Companions = ["", ".wal", ".shadow", ".tmp"];

    /// <summary>Whether there is a database.</summary>
    public bool Exist => Companions.Any(suffix => File.Exists(path + suffix));

    /// <summary>Moves the database out of the way under a dated name, so that nothing of it is lost and a new one can be begun.</summary>
    /// <returns>The name of the database's own file there.</returns>
    public string SetAside()
    {
        var stem = FreeStem();
        foreach (var suffix in Companions)
        {
            if (File.Exists(path + suffix)) File.Move(path + suffix, stem + suffix);
        }

        return Path.GetFileName(stem);
    }

    /// <summary>Keeps a copy of the database, which must be closed, under a dated name.</summary>
    public void Copy()
    {
        var stem = FreeStem();
        foreach (var suffix in Companions)
        {
            if (File.Exists(path + suffix)) File.Copy(path + suffix, stem + suffix);
        }
    }

    private string FreeStem()
    {
        var stem = $"{path}.set-aside-{time.GetUtcNow().ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture)}";
        for (var copy = 1; Companions.Any(suffix => File.Exists(stem + suffix)); copy++) stem = $"{path}.set-aside-{copy}";
        return stem;
    }

    /// <summary>Deletes the database.</summary>
    public void Delete()
    {
        foreach (var suffix in Companions) File.Delete(path + suffix);
    }
}
