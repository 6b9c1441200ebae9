using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Crdt.Clocks;
using Crdt.Sync.Lanes;

namespace Crdt.AspNetCore.Authentication;

/// <summary>
/// The peers that a hub lets in, in a file that several processes may change: the hub, and whoever invites and revokes. It holds hashes of tokens, never tokens. Safe for use from several threads.
/// </summary>
/// <param name="path">The file, which need not be there yet; it is for its owner alone.</param>
/// <param name="time">Where time is read; null for the system's.</param>
public sealed class PeerRegister(string path, TimeProvider? time = null)
{
    /// <summary>How long a one-time code holds where nothing else is said.</summary>
    public static readonly TimeSpan DefaultCodeLifetime = TimeSpan.FromMinutes(15);

    private const int CodeLength = 20, CodeGroup = 5, TokenBytes = 32, MostInvitations = 1000;
    private const string CodeLetters = "ABCDEFGHJKMNPQRSTVWXYZ23456789"; // without those that look like others
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly Lock _reading = new();
    private PeerList _list = PeerList.Empty;
    private DateTime _asOf;

    /// <summary>Those that were let in, also those that were revoked.</summary>
    public IReadOnlyList<RegisteredPeer> Peers => Read().Peers;

    /// <summary>Makes a one-time code, which whoever has it exchanges for a token.</summary>
    /// <param name="name">What the peer is to be called; a peer of that name that there is already keeps its token until the code is used.</param>
    /// <param name="access">What it is to be allowed to do.</param>
    /// <param name="lifetime">How long the code holds.</param>
    /// <param name="tokenLifetime">How long the token will hold from now on; null for ever.</param>
    /// <exception cref="IOException">The register can't be written.</exception>
    public string Invite(string name, PeerAccess access, TimeSpan? lifetime = null, TimeSpan? tokenLifetime = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(access);
        var (code, now) = (RandomNumberGenerator.GetString(CodeLetters, CodeLength), _time.GetUtcNow());
        var invitation = new Invitation(name, access.ToString(), Hash(code), now + (lifetime ?? DefaultCodeLifetime), now + tokenLifetime);
        Change(list => list with { Invitations = [.. list.Invitations.Where(other => other.Name != name && other.Expires > now).TakeLast(MostInvitations - 1), invitation] });
        return string.Join('-', code.Chunk(CodeGroup).Select(group => new string(group)));
    }

    /// <summary>Exchanges a one-time code for a token; null where there is no such code, or it has expired or was used.</summary>
    /// <param name="code">The code.</param>
    /// <param name="replica">The replica that the token is for, which has proven who it is; null where it can't.</param>
    /// <exception cref="IOException">The register can't be written; the code still holds.</exception>
    public EnrollmentAnswer? Enroll(string code, ReplicaId? replica = null)
    {
        ArgumentNullException.ThrowIfNull(code);
        var (hash, now) = (Hash(code.Replace("-", "", StringComparison.Ordinal).Trim().ToUpperInvariant()), _time.GetUtcNow());
        EnrollmentAnswer? answer = null;
        Change(list =>
        {
            if (list.Invitations.FirstOrDefault(each => each.CodeHash == hash && each.Expires > now) is not { } invitation) return list;
            answer = new(invitation.Name, $"crdt_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes))}", invitation.Access, invitation.TokenExpires);
            var peer = new RegisteredPeer(invitation.Name, invitation.Access, Hash(answer.Token), now, invitation.TokenExpires, Replica: replica?.ToString());
            return new([.. list.Peers.Where(other => other.Name != peer.Name || IsRevokedOther(other, peer)), peer], [.. list.Invitations.Where(other => other != invitation)]);
        });
        return answer;
    }

    /// <summary>Lets a peer in no more; connections that it has are closed within seconds. What its replica writes from then on isn't taken from others either.</summary>
    /// <returns>Whether there is a peer of that name that wasn't revoked before.</returns>
    /// <exception cref="IOException">The register can't be written.</exception>
    public bool Revoke(string name)
    {
        var (now, isFound) = (_time.GetUtcNow(), false);
        Change(list =>
        {
            isFound = list.Peers.Any(peer => peer.Name == name && peer.Revoked is null);
            return list with
            {
                Peers = [.. list.Peers.Select(peer => peer.Name == name && peer.Revoked is null ? peer with { Revoked = now } : peer)],
                Invitations = [.. list.Invitations.Where(invitation => invitation.Name != name)],
            };
        });
        return isFound;
    }

    /// <summary>Whether a replica was revoked, and isn't let in under another name.</summary>
    public bool IsRevoked(ReplicaId replica)
    {
        var id = replica.ToString();
        var peers = Read().Peers.Where(peer => peer.Replica == id).ToList();
        return peers.Count > 0 && peers.TrueForAll(peer => peer.Revoked is not null);
    }

    /// <summary>The peer with a token, also one that has expired or was revoked; null where there is none.</summary>
    public RegisteredPeer? Find(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        // A hash of 256 random bits gives nothing away by the time that comparing it takes.
        var hash = Hash(token);
        return Read().Peers.FirstOrDefault(peer => peer.TokenHash == hash);
    }

    // A new machine under the name of one that was stolen doesn't take that one's revocation back.
    private static bool IsRevokedOther(RegisteredPeer other, RegisteredPeer peer) => other is { Revoked: not null, Replica: not null } && other.Replica != peer.Replica;

    private static string Hash(string secret) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    private PeerList Read()
    {
        lock (_reading)
        {
            var written = File.GetLastWriteTimeUtc(path);
            if (written == _asOf) return _list;
            (_list, _asOf) = (Load(), written);
            return _list;
        }
    }

    private PeerList Load()
    {
        if (!File.Exists(path)) return PeerList.Empty;
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), PeerListJson.Default.PeerList) ?? PeerList.Empty;
        }
        catch (JsonException error)
        {
            throw new IOException($"The register of peers '{path}' can't be read, so nobody is let in: {error.Message} Mend it, or move it away and invite the peers again.", error);
        }
    }

    private void Change(Func<PeerList, PeerList> change)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
        using var held = FileLock.Take($"{path}.lock");
        var (before, written) = (Load(), $"{path}.new");
        var after = change(before);
        if (ReferenceEquals(after, before)) return;
        using (var file = new FileStream(written, OwnerOnly()))
        {
            JsonSerializer.Serialize(file, after, PeerListJson.Default.PeerList);
            file.Flush(flushToDisk: true);
        }

        File.Move(written, path, overwrite: true);
        lock (_reading) _asOf = default; // A clock may be too coarse to tell two writes apart.
    }

    private static FileStreamOptions OwnerOnly()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
