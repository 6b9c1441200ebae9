using Crdt.Sqlite;
using Crdt.Sqlite.Leases;
using Crdt.Storage;
using static Crdt.Tests.Sqlite.TestGraph;

namespace Crdt.Tests.Sqlite;

public sealed class LeaseTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);
    private static readonly StoreLease Half = new(77, 5);
    private static readonly FileMark Mark = new(1234, Noon, true), StoreMark = new(5678, Noon, true);
    private static readonly Lease Open = new(Half, false, 9, Mark.Identity, StoreMark.Identity, Noon);
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_lease_reads_as_it_was_written()
    {
        Assert.Equal(Open, Lease.Parse(Line(Open)));
        var extreme = new Lease(new(UInt128.MaxValue, long.MaxValue), true, long.MaxValue, UInt128.MaxValue, 0, null);
        Assert.Equal(extreme, Lease.Parse(Line(extreme)));
        Assert.Equal(Line(Open).Length, Line(extreme).Length);
        Assert.InRange(Line(extreme).Length, 1, Lease.MaxSize);
    }

    [Fact]
    public void A_lease_that_is_truncated_altered_or_too_long_is_none()
    {
        var bytes = Line(Open);
        for (var size = 0; size < bytes.Length; size++) Assert.Null(Lease.Parse(bytes.AsSpan(0, size)));
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            var altered = bytes.ToArray();
            altered[bit / 8] ^= (byte)(1 << bit % 8);
            Assert.Null(Lease.Parse(altered));
        }

        Assert.Null(Lease.Parse([.. bytes, (byte)'\n']));
        Assert.Null(Lease.Parse(new byte[Lease.MaxSize]));
    }

    [Fact]
    public void An_id_is_kept_only_where_everything_agrees()
    {
        Assert.Null(Doubt(Open));
        Assert.Null(Doubt(Open with { IsClosed = true }));
        Assert.Equal(IncarnationReason.LeaseMissing, new LeaseReading(false, null, default).Doubt(Half, 9, StoreMark));
        Assert.Equal(IncarnationReason.LeaseMissing, new LeaseReading(true, Open, Mark).Doubt(null, 9, StoreMark));
        Assert.Equal(IncarnationReason.LeaseUnreadable, new LeaseReading(true, null, Mark).Doubt(Half, 9, StoreMark));
        Assert.Equal(IncarnationReason.Copied, Doubt(Open with { Opened = Half with { Place = 78 } }));
        Assert.Equal(IncarnationReason.Copied, Doubt(Open with { Self = 1 }));
        Assert.Equal(IncarnationReason.Copied, Doubt(Open with { Store = 1 }));
        Assert.Equal(IncarnationReason.Restored, Doubt(Open with { Opened = Half with { Opening = 4 } }));
        Assert.Equal(IncarnationReason.Restored, Doubt(Open with { Opened = Half with { Opening = 6 } }));
    }

    [Fact]
    public void A_store_that_was_killed_may_be_ahead_of_its_lease_but_not_behind_and_one_that_was_closed_neither()
    {
        Assert.Null(Doubt(Open with { Revision = 8 }));
        Assert.Equal(IncarnationReason.Restored, Doubt(Open with { Revision = 10 }));
        Assert.Equal(IncarnationReason.Restored, Doubt(Open with { Revision = 8, IsClosed = true }));
        Assert.Equal(IncarnationReason.Restored, Doubt(Open with { Revision = 10, IsClosed = true }));
    }

    [Fact]
    public void A_lease_that_changed_when_nobody_wrote_it_was_put_back()
    {
        var later = Mark with { Changed = Noon.AddSeconds(11) };
        Assert.Equal(IncarnationReason.Copied, Doubt(Open, later));
        Assert.Equal(IncarnationReason.Copied, Doubt(Open with { IsClosed = true }, later with { IsUnique = false }));
        // Whoever changes the rights of a closed store's files has not written to them.
        Assert.Null(Doubt(Open with { IsClosed = true }, later));
        Assert.Null(Doubt(Open with { Written = null }, later));
        Assert.Null(Doubt(Open, Mark with { Changed = null }));
        Assert.Null(Doubt(Open, Mark with { Changed = Noon.AddSeconds(-9) }));
    }

    [Fact]
    public void A_file_keeps_its_identity_when_it_is_renamed_and_written_to_and_no_copy_has_it()
    {
        var (file, other) = (_folder.Path("file"), _folder.Path("other"));
        File.WriteAllText(file, "a");
        var mark = FileMark.Of(file);
        File.AppendAllText(file, "b");
        File.Move(file, other);
        Assert.Equal(mark.Identity, FileMark.Of(other).Identity);
        File.Copy(other, file);
        Assert.NotEqual(mark.Identity, FileMark.Of(file).Identity);
        Assert.NotEqual(FileMark.Of(file).Identity, FileMark.Of(_folder.Path("")).Identity);
    }

    [Fact]
    public void A_file_that_is_deleted_and_made_again_is_another()
    {
        var seen = new HashSet<UInt128>();
        for (var i = 0; i < 5; i++)
        {
            File.WriteAllText(_folder.File, "the same");
            Assert.True(seen.Add(FileMark.Of(_folder.File).Identity));
            File.Delete(_folder.File);
            Thread.Sleep(20); // The file system's clock goes in steps of some milliseconds.
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("crdt-lease-1 and so on")]
    public async Task A_lease_that_says_nothing_costs_the_id(string text)
    {
        await (await _folder.OpenAsync()).DisposeAsync();
        await File.WriteAllTextAsync(_folder.File + ".lease", text);
        Assert.Equal(IncarnationReason.LeaseUnreadable, (await LookAsync()).Incarnations[^1].Reason);
        Assert.Equal(2, (await LookAsync()).Incarnations.Count);
    }

    [Fact]
    public async Task A_lease_that_cannot_be_made_ready_is_explained_and_costs_nothing()
    {
        await (await _folder.OpenAsync()).DisposeAsync();
        Directory.CreateDirectory(_folder.File + ".lease.new");
        Assert.Contains(".lease", await _folder.RefusedAsync(), StringComparison.Ordinal);
        Directory.Delete(_folder.File + ".lease.new");
        Assert.Equal(Phone, (await LookAsync()).Replica);
    }

    [Fact]
    public async Task A_lease_that_cannot_be_replaced_is_explained_and_nothing_is_written_under_the_old_id()
    {
        await (await _folder.OpenAsync()).DisposeAsync();
        File.Delete(_folder.File + ".lease");
        Directory.CreateDirectory(_folder.File + ".lease");
        var error = await Assert.ThrowsAsync<StoreException>(() => _folder.OpenAsync());
        Assert.Contains(".lease", error.Message, StringComparison.Ordinal);
        Directory.Delete(_folder.File + ".lease");
        Assert.NotEqual(Phone, (await LookAsync()).Replica);
    }

    [Fact]
    public async Task A_process_that_dies_between_the_two_halves_of_a_renewal_costs_nothing()
    {
        await (await _folder.OpenAsync()).DisposeAsync();
        using (var writer = new WriterProcess("hold", _folder.File))
        {
            Assert.Equal("open", await writer.ReadLineAsync());
            await writer.KillAsync();
        }

        // As it is before the rename.
        File.Move(_folder.File + ".lease", _folder.File + ".lease.new");
        await File.WriteAllTextAsync(_folder.File + ".lease", "the old one");
        Assert.Equal(Phone, (await LookAsync()).Replica);
        Assert.Equal(Phone, (await LookAsync()).Replica);
    }

    [Fact]
    public async Task A_lease_that_is_older_than_its_store_costs_the_id()
    {
        await (await _folder.OpenAsync()).DisposeAsync();
        // A lease that was moved aside and back is the same file as before, as if the power had failed before the new one reached the disk.
        File.Move(_folder.File + ".lease", _folder.Path("aside"));
        File.Copy(_folder.Path("aside"), _folder.File + ".lease");
        await (await _folder.OpenAsync()).DisposeAsync();
        File.Move(_folder.Path("aside"), _folder.File + ".lease", overwrite: true);
        Assert.Equal(3, (await LookAsync()).Incarnations.Count);
        Assert.Equal(3, (await LookAsync()).Incarnations.Count);
    }

    [Fact]
    public async Task What_a_killed_process_left_half_made_is_no_obstacle()
    {
        await (await _folder.OpenAsync()).DisposeAsync();
        await File.WriteAllTextAsync(_folder.File + ".lease.new", "half");
        Assert.Equal(Phone, (await LookAsync()).Replica);
        Assert.False(File.Exists(_folder.File + ".lease.new"));
    }

    [Fact]
    public async Task A_store_of_a_version_without_leases_takes_one_and_a_new_id()
    {
        await (await _folder.OpenAsync()).DisposeAsync();
        _folder.Tamper("DELETE FROM meta WHERE key IN ('lease', 'incarnations')");
        File.Delete(_folder.File + ".lease");
        var state = await LookAsync();
        Assert.Equal(new Incarnation(Phone, null, IncarnationReason.Created, 0), state.Incarnations[0]);
        Assert.Equal(IncarnationReason.LeaseMissing, state.Incarnations[1].Reason);
        Assert.Equal(2, (await LookAsync()).Incarnations.Count);
    }

    [Fact]
    public async Task Incarnations_that_cannot_be_read_are_damage()
    {
        await (await _folder.OpenAsync()).DisposeAsync();
        _folder.Tamper("UPDATE meta SET value = x'0102' WHERE key = 'incarnations'");
        var error = await Assert.ThrowsAsync<StoreException>(() => _folder.OpenAsync());
        Assert.Contains("damaged", error.Message, StringComparison.Ordinal);
    }

    private static byte[] Line(Lease lease)
    {
        var line = new byte[Lease.MaxSize];
        return line[..lease.Format(line)];
    }

    private static IncarnationReason? Doubt(Lease lease, FileMark? mark = null) => new LeaseReading(true, lease, mark ?? Mark).Doubt(Half, 9, StoreMark);

    private async Task<StoreState> LookAsync()
    {
        await using var store = new SqliteStore(_folder.File);
        return await store.OpenAsync(Offer());
    }
}
