using Crdt.AspNetCore.Authentication;
using Crdt.Sync.Lanes;
using Crdt.Tests.AspNetCore.Scenes;

namespace Crdt.Tests.AspNetCore.Authentication;

public sealed class PeerRegisterTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("crdt-register-").FullName;
    private readonly SetTime _time = new();

    private string FilePath => Path.Combine(_folder, "peers.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_code_is_exchanged_for_a_token_once_however_it_is_typed()
    {
        var register = new PeerRegister(FilePath, _time);
        var code = register.Invite("laptop", PeerAccess.Parse("main:r"));
        var answer = register.Enroll($" {code.ToLowerInvariant()} ");
        Assert.Equal(("laptop", "main:r, *:none"), (answer!.Name, answer.Access));
        Assert.Null(register.Enroll(code));
        Assert.Equal("laptop", new PeerRegister(FilePath, _time).Find(answer.Token)!.Name);
        Assert.Null(register.Find(code));
    }

    [Fact]
    public void A_code_expires()
    {
        var register = new PeerRegister(FilePath, _time);
        var code = register.Invite("laptop", PeerAccess.Full, TimeSpan.FromMinutes(5));
        _time.Ahead = TimeSpan.FromMinutes(6);
        Assert.Null(register.Enroll(code));
    }

    [Fact]
    public void A_second_code_for_a_name_takes_the_place_of_the_first_and_its_token_that_of_the_former()
    {
        var register = new PeerRegister(FilePath, _time);
        var first = register.Enroll(register.Invite("laptop", PeerAccess.Full))!;
        var (lost, used) = (register.Invite("laptop", PeerAccess.Full), register.Invite("laptop", PeerAccess.Full));
        Assert.Null(register.Enroll(lost));
        Assert.NotNull(register.Find(first.Token));
        Assert.NotNull(register.Enroll(used));
        Assert.Null(register.Find(first.Token));
    }

    [Fact]
    public void A_revoked_peer_stays_listed_and_its_open_invitations_are_void()
    {
        var register = new PeerRegister(FilePath, _time);
        var token = register.Enroll(register.Invite("laptop", PeerAccess.Full))!.Token;
        var code = register.Invite("laptop", PeerAccess.Full);
        Assert.True(register.Revoke("laptop"));
        Assert.False(register.Revoke("laptop"));
        Assert.NotNull(register.Find(token)!.Revoked);
        Assert.Null(register.Enroll(code));
    }

    [Fact]
    public void What_another_process_writes_is_seen()
    {
        var (hub, tool) = (new PeerRegister(FilePath, _time), new PeerRegister(FilePath, _time));
        for (var i = 0; i < 50; i++)
        {
            var token = hub.Enroll(tool.Invite($"peer {i}", PeerAccess.Full))!.Token;
            Assert.Null(hub.Find(token)!.Revoked);
            tool.Revoke($"peer {i}");
            Assert.NotNull(hub.Find(token)!.Revoked);
        }
    }

    [Fact]
    public async Task Many_at_a_time_lose_nothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(part => Task.Run(() =>
        {
            var register = new PeerRegister(FilePath, _time);
            for (var i = 0; i < 20; i++) register.Enroll(register.Invite($"{part}-{i}", PeerAccess.Full));
        })));
        Assert.Equal(160, new PeerRegister(FilePath, _time).Peers.Count);
    }

    [Fact]
    public void The_file_is_for_its_owner_alone_and_holds_no_secret()
    {
        var register = new PeerRegister(FilePath, _time);
        var code = register.Invite("laptop", PeerAccess.Full);
        Assert.DoesNotContain(code.Replace("-", "", StringComparison.Ordinal), File.ReadAllText(FilePath), StringComparison.Ordinal);
        var token = register.Enroll(code)!.Token;
        Assert.DoesNotContain(token, File.ReadAllText(FilePath), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FilePath));
    }

    [Fact]
    public void A_damaged_file_lets_nobody_in_and_says_what_to_do()
    {
        File.WriteAllText(FilePath, "{ nonsense");
        Assert.Contains("nobody is let in", Assert.Throws<IOException>(() => new PeerRegister(FilePath, _time).Find("x")).Message, StringComparison.Ordinal);
    }
}
