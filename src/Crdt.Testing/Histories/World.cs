using System.Numerics;
using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Entities;
using Crdt.Kernel;
using Crdt.Schema;
using Crdt.Testing.Actions;
using Crdt.Testing.Subjects;

namespace Crdt.Testing.Histories;

/// <summary>Three replicas with up to six copies of one entity, run through a history side by side with the model.</summary>
internal sealed partial class World
{
    /// <summary>How many replicas there are.</summary>
    public const int Replicas = 3;

    private const int MaxCopies = 6;
    // The model names writes by the bits of a word; one operation makes two at most.
    private const int MaxWrites = 63;

    private static readonly EntityType Plain = new("Plain", "Plain", EntityType.MainLane, new KeySchema("Id", ValueKind.Int64, "Id"), null, null);
    private static readonly Subject Another = Subject.OfFields("another", Plain, EntityId.Node(Plain, 43L), [], () => []);

    private readonly VirtualTime[] _time = [.. Enumerable.Range(0, Replicas).Select(_ => new VirtualTime())];
    private readonly Replica[] _replicas = new Replica[Replicas];
    private readonly FieldActions[] _actions;
    private readonly List<string>? _log;

    public World(Subject subject, List<string>? log = null)
    {
        (Subject, _log) = (subject, log);
        _actions = subject.Actions;
        for (var i = 0; i < Replicas; i++)
        {
            _replicas[i] = new($"{(char)('A' + i)}", IdOf(i), 0, _time[i]);
            Copies.Add(new(i, _replicas[i], i, subject.New(_replicas[i])));
        }
    }

    public Subject Subject { get; }

    public List<Copy> Copies { get; } = [];

    /// <summary>The states of all copies, once the history has run.</summary>
    public Sample[] Samples => field ??= [.. Copies.Select(copy => new Sample(copy.State))];

    public List<Message> Messages { get; } = [];

    public List<ModelWrite> Writes { get; } = [];

    /// <summary>What a copy has seen, as a context.</summary>
    public CausalContext ContextOf(Copy copy)
    {
        var context = new CausalContext();
        foreach (var i in Bits(copy.Seen)) context.Add(new Dot(IdOf(Writes[i].Replica), Writes[i].Number));
        foreach (var i in Bits(copy.Claims))
        {
            var (replica, first, last) = (IdOf(Writes[i].Replica), Writes[i].After + 1, Writes[i].Number - 1);
            if (first <= last) context.Add(new DotRange(replica, first, last));
        }

        return context;
    }

    /// <summary>Whether anything was deleted, or removed from a field.</summary>
    public bool HasRemovals { get; private set; }

    public static ReplicaId IdOf(int replica) => new(((UInt128)(ulong)(replica + 1) << 64) | 0xA5);

    public World Run(ReadOnlySpan<Operation> operations)
    {
        foreach (var operation in operations) Run(operation);
        return this;
    }

    public static IEnumerable<int> Bits(ulong mask)
    {
        for (; mask != 0; mask &= mask - 1) yield return BitOperations.TrailingZeroCount(mask);
    }

    /// <summary>The writes among <paramref name="live"/> that hold a field, or one key of it.</summary>
    public ulong In(ulong live, int field, string? key = null)
    {
        ulong found = 0;
        foreach (var i in Bits(live))
        {
            if (Writes[i].Field == field && (key is null || Writes[i].Key == key)) found |= 1ul << i;
        }

        return found;
    }

    /// <summary>The writes among <paramref name="live"/> that a deletion removes: all but those of fields that outlive it.</summary>
    public ulong Removable(ulong live)
    {
        foreach (var i in Bits(live))
        {
            if (Writes[i].Field is >= 0 and var field && EncodedEntity.OutlivesDeletion(Subject.Fields[field].Kind)) live &= ~(1ul << i);
        }

        return live;
    }

    /// <summary>Merges every copy into the first, which then has seen all there is.</summary>
    public Copy Gather()
    {
        var all = Copies[0];
        foreach (var copy in Copies)
        {
            all.State.Join(copy.State);
            all.Learn(copy.Seen, copy.Gone, copy.Claims);
        }

        all.HasGaps = false;
        return all;
    }

    private void Run(Operation operation)
    {
        var copy = Copies[operation.Copy % Copies.Count];
        switch (operation.Step)
        {
            case Step.Write when copy.State.IsAlive && Writes.Count < MaxWrites: Write(copy, operation); break;
            case Step.Remove when copy.State.IsAlive: Remove(copy, operation); break;
            case Step.Create when Writes.Count < MaxWrites: Create(copy); break;
            case Step.Delete when copy.State.IsAlive: Delete(copy); break;
            case Step.Merge: Merge(copy, Copies[operation.Other % Copies.Count]); break;
            case Step.Ship: Ship(copy, Copies[operation.Other % Copies.Count]); break;
            case Step.Deliver when Messages.Count > 0: Deliver(copy, operation.Other % Messages.Count); break;
            case Step.Fork when Copies.Count < MaxCopies: Fork(copy); break;
            case Step.Reload: Reload(copy); break;
            case Step.Elsewhere: WriteElsewhere(copy); break;
            case Step.Tick: Tick(copy, operation.Choice); break;
        }
    }

    private void Create(Copy copy)
    {
        _log?.Add($"{copy} creates the entity");
        copy.State.Create();
        // One that is not there starts afresh: whatever is hidden of it goes.
        var creations = In(copy.Live, -1);
        HasRemovals |= creations == 0 && copy.Live != 0;
        copy.Forget(creations == 0 ? Removable(copy.Live) : creations);
        Record(copy, -1, default, 0);
        if (Subject.Type.IsConstrained) Connect(copy);
    }

    private void Delete(Copy copy)
    {
        _log?.Add($"{copy} deletes the entity");
        HasRemovals = true;
        copy.State.Delete();
        copy.Forget(Subject.Type.Deletion == Deletion.DeleteWins ? Removable(copy.Live) : In(copy.Live, -1));
    }

    private void Merge(Copy copy, Copy other)
    {
        if (other == copy) return;
        _log?.Add($"{copy} merges {other}");
        copy.State.Join(other.State);
        copy.HasGaps |= other.HasGaps;
        copy.Learn(other.Seen, other.Gone, other.Claims);
    }

    // The delta goes to one copy at once and stays under way for others, who may get it late, twice or never.
    private void Ship(Copy copy, Copy other)
    {
        var message = new Message(copy.State.TakeDelta(), copy.Pending, copy.Pending & copy.Gone, copy.PendingClaims, copy.Taken, copy.HasGaps);
        (copy.Pending, copy.PendingClaims) = (0, 0);
        copy.Taken = (copy.Seen, copy.Gone);
        copy.Shipped.Add(message.Delta);
        Messages.Add(message);
        _log?.Add($"{copy} ships message {Messages.Count} {(other == copy ? "to nobody" : $"to {other}")}");
        if (other != copy) Receive(other, message);
    }

    private void Deliver(Copy copy, int index)
    {
        _log?.Add($"message {index + 1} reaches {copy}");
        Receive(copy, Messages[index]);
    }

    private void Receive(Copy copy, Message message)
    {
        copy.State.Join(Subject.Decode(message.Delta, null));
        copy.HasGaps |= message.HasGaps || (message.After.Seen & ~copy.Seen) != 0 || (message.After.Gone & ~copy.Gone) != 0;
        copy.Learn(message.Seen, message.Gone, message.Claims);
    }

    private void Fork(Copy copy)
    {
        var bytes = copy.State.Encode();
        Copies.Add(new(Copies.Count, copy.Author, copy.Replica, Subject.Decode(bytes, copy.Author)) { HasGaps = copy.HasGaps });
        Copies[^1].Learn(copy.Seen, copy.Gone, copy.Claims);
        _log?.Add($"{Copies[^1]} is made from {copy}");
    }

    private void Reload(Copy copy)
    {
        _log?.Add($"{copy} is saved and loaded");
        copy.State = Subject.Decode(copy.State.Encode(), copy.Author);
        (copy.Pending, copy.PendingClaims) = (copy.Seen, copy.Claims);
        copy.Taken = default;
        copy.Shipped.Clear();
    }

    private void Tick(Copy copy, byte choice)
    {
        var time = _time[copy.Replica];
        time.Milliseconds += choice % 4 == 3 ? -5_000 : choice % 3;
        _log?.Add($"the clock of replica {(char)('A' + copy.Replica)} moves to {time.Milliseconds}");
    }
}
