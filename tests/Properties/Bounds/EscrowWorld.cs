using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Entities;
using Crdt.Tests.Properties.Subjects;
using Crdt.Types.Counters;

namespace Crdt.Tests.Properties.Bounds;

/// <summary>
/// Five replicas that count one entity's bounded counter up and down while the network falls apart and heals, beside a ledger that
/// hears of everything at once: who has which rights in truth.
/// </summary>
internal sealed class EscrowWorld
{
    private const int Replicas = 5, MessagesKept = 64;

    private readonly Dice _dice;
    private readonly Subject _subject;
    private readonly long _min;
    private readonly Replica[] _replicas = [.. Enumerable.Range(0, Replicas).Select(i => new Replica($"{(char)('A' + i)}", World.IdOf(i), 0, new VirtualTime()))];
    private readonly EntityState[] _copies;
    private readonly EntityState?[] _others = new EntityState?[Replicas];
    private readonly Int128[] _rights = new Int128[Replicas];
    private readonly List<byte[]> _messages = [];
    private readonly int[] _sides = new int[Replicas];
    private readonly int _seats;

    public EscrowWorld(ulong seed, Deletion deletion, long min)
    {
        (_dice, _min) = (new(seed), min);
        _subject = BareSubject.Of("seats", deletion, FieldFactory.Bounded("Seats", min), FieldFactory.Counter("Views"));
        _seats = _subject.Fields.Index().First(field => field.Item.Name == "Seats").Index;
        _copies = [.. _replicas.Select(_subject.New)];
        foreach (var copy in _copies) copy.Create();
    }

    /// <summary>How often each thing was done, by name.</summary>
    public Dictionary<string, int> Done { get; } = [];

    /// <summary>Does something at random, and looks at what everybody reads then.</summary>
    public void Step()
    {
        var i = _dice.Below(Replicas);
        switch (_dice.Below(24))
        {
            case < 4: Mint(i); break;
            case < 10: Spend(i); break;
            case < 12: Give(i); break;
            case < 15: Merge(i, _dice.Below(Replicas)); break;
            case 15: Ship(i); break;
            case 16: Deliver(i); break;
            case 17: DeleteOrCreate(i); break;
            case 18: CopyOrReload(i); break;
            case 19: Ask(i); break;
            case < 23: Answer(i); break;
            default: Part(); break;
        }

        for (var each = 0; each < Replicas; each++) Observe(_copies[each], each);
    }

    /// <summary>Whoever has heard of everything knows what the ledger does, however it heard.</summary>
    public void Gather()
    {
        var all = _subject.New(null);
        var bytes = Array.Empty<byte>();
        foreach (var state in _copies.Concat(_others.OfType<EntityState>()))
        {
            all.Join(state);
            var other = new Sample(state).RowWithContext;
            bytes = bytes.Length == 0 ? other : EncodedEntity.Join(bytes, other);
        }

        Law.Same("the join of bytes", new Sample(all).RowWithContext, bytes);
        var (rights, truth) = (Counter(all).Rights, _rights.Aggregate((Int128)0, (sum, each) => sum + each));
        Law.Holds($"no unit is lost: {rights.Sum} and not {truth}", rights.Sum == truth && Counter(all).Value == _min + (long)truth);
        for (var i = 0; i < Replicas; i++) Law.Holds($"replica {i} has {_rights[i]} and not {rights.Exactly(World.IdOf(i))}", rights.Exactly(World.IdOf(i)) == _rights[i]);
        var read = EscrowRights.Read(bytes, _subject.Fields[_seats]);
        RequireEnd(all);
        Law.Holds("the bytes say the same", read.InAll == truth && read.Holders.SequenceEqual(rights.Holders) && read.Holders.Sum(share => share.Amount) == truth);
    }

    /// <summary>Where everybody has heard of everything and nobody uses any, giving ends, with every need met for which there are rights elsewhere.</summary>
    private void RequireEnd(EntityState all)
    {
        if (!all.IsAlive) return;
        EntityState[] copies = [.. _replicas.Select(each => _subject.Decode(all.Encode(), new Replica(each.Name, each.Id, each.LastNumber, new VirtualTime())))];
        for (var round = 0; copies.Select(GiveAway).ToArray().Any(gave => gave); round++)
        {
            Law.Holds("giving ends", round < 2 * Replicas);
            foreach (var copy in copies) all.Join(copy);
            foreach (var copy in copies) copy.Join(all);
        }

        var rights = Counter(all).Rights;
        foreach (var (needy, need) in _replicas.Select(each => (each.Id, Need: rights.NeedOf(each.Id))).Where(each => each.Need > 0))
        {
            foreach (var (holder, amount) in rights.Holders.Where(share => share.Replica != needy))
            {
                var (own, kept) = (rights.NeedOf(holder), rights.WantedBy(holder));
                Law.Holds($"{holder} has {amount} for {needy}, who needs {need}", own > 0 ? (own, holder).CompareTo((need, needy)) < 0 : amount <= kept);
            }
        }
    }

    private bool GiveAway(EntityState copy, int i)
    {
        var gifts = Counter(copy).Rights.GiftsOf(World.IdOf(i));
        foreach (var gift in gifts)
        {
            Counter(copy).Give(gift.Replica, gift.Amount);
            Count("moved");
        }

        return gifts.Count > 0;
    }

    private BoundedCounter Counter(EntityState state) => (BoundedCounter)state.Fields[_seats];

    private void Mint(int i)
    {
        var amount = 1 + _dice.Below(20);
        if (Try("added", i, counter => counter.Add(amount))) _rights[i] += amount;
    }

    // Now and then all that it has, to the last unit, which is where a bound breaks.
    private void Spend(int i)
    {
        var rights = Counter(_copies[i]).Rights.Of(World.IdOf(i));
        var amount = _dice.OneIn(3) && rights > 0 ? rights : 1 + _dice.Below(15);
        if (Try("taken away", i, counter => counter.Value -= amount)) _rights[i] -= amount;
    }

    private void Give(int i)
    {
        var (to, amount) = (_dice.Below(Replicas), 1 + _dice.Below(10));
        if (to == i || !Try("given", i, counter => counter.Give(World.IdOf(to), amount))) return;
        _rights[i] -= amount;
        _rights[to] += amount;
    }

    private void Ask(int i)
    {
        var amount = 1 + _dice.Below(12);
        Try("asked", i, counter => counter.Ask(amount));
    }

    /// <summary>Gives to those that it has heard to need some.</summary>
    private void Answer(int i)
    {
        var self = World.IdOf(i);
        var rights = Counter(_copies[i]).Rights;
        var gifts = rights.GiftsOf(self);
        Law.Holds("nobody is to give more than it has, or to itself", gifts.Sum(gift => gift.Amount) <= rights.Of(self) && gifts.All(gift => gift.Replica != self));
        Law.Holds("nobody is given more than it needs", gifts.All(gift => gift.Amount <= rights.NeedOf(gift.Replica)));
        foreach (var gift in gifts)
        {
            if (!Try("answered", i, counter => counter.Give(gift.Replica, gift.Amount))) return;
            _rights[i] -= gift.Amount;
            _rights[Array.FindIndex(_replicas, replica => replica.Id == gift.Replica)] += gift.Amount;
        }
    }

    /// <summary>Writes through one of a replica's copies; false where that is refused.</summary>
    private bool Try(string what, int i, Action<BoundedCounter> write)
    {
        var copy = _others[i] is { } other && _dice.OneIn(3) ? other : _copies[i];
        if (!copy.IsAlive) return false;
        var before = copy.Encode();
        try
        {
            write(Counter(copy));
            Count(what);
            Law.Holds($"replica {i} had the rights for it", _rights[i] >= 0);
            return true;
        }
        catch (InvalidOperationException error)
        {
            Count(error is InsufficientRightsException ? "refused" : "behind");
            Law.Same("what is refused changes nothing", before, copy.Encode());
            return false;
        }
    }

    private void Merge(int i, int j)
    {
        if (_sides[i] != _sides[j]) return;
        Count("merged");
        _copies[i].Join(_copies[j]);
        if (_others[i] is not { } other || _dice.OneIn(3)) return;
        if (_dice.OneIn(2)) _copies[i].Join(other);
        else other.Join(_copies[i]);
    }

    private void Ship(int i)
    {
        var delta = _copies[i].TakeDelta();
        if (_messages.Count < MessagesKept) _messages.Add(delta);
        else _messages[_dice.Below(MessagesKept)] = delta;
    }

    // Late, twice, never, and by way of anybody, whatever the network looks like now.
    private void Deliver(int i)
    {
        if (_messages.Count == 0) return;
        Count("delivered");
        _copies[i].Join(_subject.Decode(_messages[_dice.Below(_messages.Count)], null));
    }

    private void DeleteOrCreate(int i)
    {
        Count(_copies[i].IsAlive ? "deleted" : "created again");
        if (_copies[i].IsAlive) _copies[i].Delete();
        else _copies[i].Create();
    }

    private void CopyOrReload(int i)
    {
        var copy = _subject.Decode(_copies[i].Encode(), _replicas[i]);
        if (_dice.OneIn(2)) (_copies[i], copy) = (copy, _copies[i]);
        if (_others[i] is { } other) copy.Join(other);
        _others[i] = copy;
    }

    private void Part()
    {
        Count("parted");
        for (var i = 0; i < Replicas; i++) _sides[i] = _dice.OneIn(3) ? 0 : _dice.Below(3);
    }

    private void Observe(EntityState copy, int i)
    {
        var (counter, self) = (Counter(copy), World.IdOf(i));
        Law.Holds("nobody reads less than the bound", counter.Value >= _min);
        Law.Holds("no replica takes itself to have more rights than it has", !IsNewest(copy, i) || counter.Rights.Exactly(self) <= _rights[i]);
    }

    // What it did through its other copy may have used rights of which this one still knows; writing through this one is refused.
    private bool IsNewest(EntityState copy, int i) => _replicas[i].HoldsNewest(copy, copy.Fields[_seats].Id, Counter(copy).Store);

    private void Count(string what) => Done[what] = Done.GetValueOrDefault(what) + 1;
}
