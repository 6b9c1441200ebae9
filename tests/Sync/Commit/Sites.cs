using System.Diagnostics;
using Crdt.Clocks;
using Crdt.Sync.Commit;

namespace Crdt.Tests.Sync.Commit;

/// <summary>Gives numbers to states of sites and to messages, and works each transition of a site out once.</summary>
internal sealed class Sites(Driver driver, int participants)
{
    private readonly Dictionary<string, int> _numbers = [], _messageNumbers = [];
    private readonly List<Site> _sites = [];
    private readonly List<(ReplicaId From, ReplicaId To, CommitMessage Message)> _messages = [];
    private readonly List<Dictionary<int, (int Next, UInt128 Sent)>> _steps = [];
    private readonly List<Input[]> _own = [];

    public int Count => _sites.Count;

    public int MessageCount => _messages.Count;

    public Site this[int number] => _sites[number];

    public (int Number, UInt128 Sent) Start(ReplicaId self) => Number(driver.Start(self, participants));

    /// <summary>To which site a message goes.</summary>
    public int TargetOf(int message) => IndexOf(_messages[message].To);

    /// <summary>What can happen to a site without a message.</summary>
    public Input[] OwnInputs(int number) => _own[number];

    public (int Next, UInt128 Sent) Step(int number, Input input)
    {
        if (_steps[number].TryGetValue((int)input, out var known)) return known;
        return _steps[number][(int)input] = Number(Apply(_sites[number], input));
    }

    public string Describe(Input input) => input < Input.Write ? TextOf((int)input, Renaming.All(participants)[0]) : $"{input}";

    /// <summary>What a message says, after renaming the participants.</summary>
    public string TextOf(int message, Renaming renaming)
    {
        var (from, to, content) = _messages[message];
        return TextOf(renaming.Of(from), renaming.Of(to), content);
    }

    private static int IndexOf(ReplicaId replica) => replica == Cast.Coordinator || replica == Cast.Restored ? 0 : (int)replica.Value;

    private Site Apply(Site site, Input input) => input switch
    {
        < Input.Write => driver.Deliver(site, _messages[(int)input].From, _messages[(int)input].Message),
        Input.Write => driver.Complete(site),
        Input.WriteFails => driver.Fail(site),
        Input.Valid or Input.Invalid => driver.Validate(site, input == Input.Valid),
        Input.Timer => driver.FireTimer(site),
        Input.NextTransaction => driver.GoOn(site),
        < Input.Restore => driver.Crash(site, input - Input.Crash),
        _ => driver.Restore(site, input - Input.Restore),
    };

    private (int Number, UInt128 Sent) Number(Site site)
    {
        var sent = UInt128.Zero;
        foreach (var (to, message) in driver.TakeSent()) sent |= UInt128.One << Number(site.Self, to, message);
        var fingerprint = site.Fingerprint(replica => replica);
        if (_numbers.TryGetValue(fingerprint, out var number)) return (number, sent);
        number = _sites.Count;
        if (number > ushort.MaxValue) throw new UnreachableException("There are more states of sites than numbers for them.");
        _numbers.Add(fingerprint, number);
        _sites.Add(site);
        _steps.Add([]);
        _own.Add([.. InputsOf(site)]);
        return (number, sent);
    }

    private int Number(ReplicaId from, ReplicaId to, CommitMessage message)
    {
        var text = TextOf(from, to, message);
        if (_messageNumbers.TryGetValue(text, out var number)) return number;
        number = _messages.Count;
        if (number >= (int)Input.Write) throw new UnreachableException("There are more messages than numbers for them.");
        _messageNumbers.Add(text, number);
        _messages.Add((from, to, message));
        return number;
    }

    private static string TextOf(ReplicaId from, ReplicaId to, CommitMessage message)
    {
        var content = message switch
        {
            CommitMessage.Vote vote => vote.Refusal is null ? "yes" : "no",
            CommitMessage.Outcome outcome => outcome.Event is null ? "abort" : "commit",
            CommitMessage.Answer answer => $"{answer.Kind}",
            CommitMessage.RaiseFloor floor => $"{floor.Id.Number}",
            _ => "",
        };
        return $"{from.Value}>{to.Value} {message.GetType().Name} {content}";
    }

    private static IEnumerable<Input> InputsOf(Site site)
    {
        if (!site.Writes.IsEmpty)
        {
            yield return Input.Write;
            if (!site.Writes[0].IsSilent) yield return Input.WriteFails;
        }

        if (site.IsValidating)
        {
            yield return Input.Valid;
            yield return Input.Invalid;
        }

        if (site.HasTimer) yield return Input.Timer;
        for (var durable = 0; durable <= site.Writes.Count; durable++) yield return Input.Crash + durable;
        if (site.Coordinator is null || site.Self == Cast.Restored) yield break;
        if (!site.Coordinator.Unfinished.Any()) yield return Input.NextTransaction;
        for (var records = 0; records <= site.Log.Count; records++) yield return Input.Restore + records;
    }
}
