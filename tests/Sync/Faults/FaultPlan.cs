using Crdt.Storage;

namespace Crdt.Tests.Sync.Faults;

/// <summary>Counts the calls of one store, and lets one of them go wrong. A plan without a fault only counts.</summary>
/// <param name="disk">What a crash takes away from the store.</param>
/// <param name="kind">What goes wrong.</param>
/// <param name="at">With which call of its sort, from 1 on.</param>
internal sealed class FaultPlan(ITrialDisk disk, FaultKind kind = default, int at = 0)
{
    private readonly TaskCompletionSource _crash = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isMended;

    /// <summary>The names of the writes so far, in their order.</summary>
    public List<string> Writes { get; } = [];

    /// <summary>The names of the reads so far, in their order.</summary>
    public List<string> Reads { get; } = [];

    /// <summary>The name of the call that went wrong; null as long as none has.</summary>
    public string? Struck { get; private set; }

    /// <summary>How many calls went wrong.</summary>
    public int Strikes { get; private set; }

    /// <summary>The revision of the last commit that was asked for.</summary>
    public long Revision { get; set; }

    /// <summary>Ends when the process does.</summary>
    public Task Crash => _crash.Task;

    /// <summary>Whether the process has ended.</summary>
    public bool HasCrashed => _crash.Task.IsCompleted;

    /// <summary>From here on nothing goes wrong.</summary>
    public void Mend() => _isMended = true;

    public async ValueTask<T> ReadAsync<T>(string name, Func<ValueTask<T>> read)
    {
        await LiveAsync();
        Reads.Add(name);
        if (IsHit(Reads.Count, FaultKind.ReadFailed, FaultKind.DiskUnreadable)) Strike(name, "the disk can't be read");
        return await read();
    }

    public async ValueTask<T> WriteAsync<T>(string name, Func<ValueTask<T>> write)
    {
        await LiveAsync();
        Writes.Add(name);
        if (IsHit(Writes.Count, FaultKind.WriteRefused, FaultKind.DiskFull)) Strike(name, "the disk is full");
        if (IsHit(Writes.Count, FaultKind.CrashBefore)) await EndAsync(name);
        var isTorn = IsHit(Writes.Count, FaultKind.CrashAmid);
        if (isTorn) disk.BeginWrite();
        var written = await write();
        if (isTorn || IsHit(Writes.Count, FaultKind.CrashAfter)) await EndAsync(name, isTorn);
        return written;
    }

    public async ValueTask WriteAsync(string name, Func<ValueTask> write) => await WriteAsync(name, async () =>
    {
        await write();
        return true;
    });

    /// <summary>The process is gone: nobody is there to whom a call could return.</summary>
    public Task LiveAsync() => HasCrashed ? new TaskCompletionSource().Task : Task.CompletedTask;

    private bool IsHit(int number, FaultKind once, FaultKind? lasting = null) =>
        !_isMended && at > 0 && ((kind == once && number == at) || (kind == lasting && number >= at));

    private void Strike(string name, string what)
    {
        Struck ??= name;
        Strikes++;
        throw new StoreException(what);
    }

    private Task EndAsync(string name, bool isTorn = false)
    {
        (Struck, Strikes) = (name, 1);
        if (isTorn) disk.CrashAmid();
        else disk.Crash();
        _crash.SetResult();
        return LiveAsync();
    }
}
