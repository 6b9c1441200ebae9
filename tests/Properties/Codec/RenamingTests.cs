using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Kernel;
using Crdt.Tests.Properties.Subjects;

namespace Crdt.Tests.Properties.Codec;

/// <summary>What holds of other names for writes, on histories of every kind of field.</summary>
public sealed class RenamingTests
{
    public static TheoryData<string> Subjects => [.. SubjectList.Registers.Concat(SubjectList.Collections).Concat(SubjectList.Entities).Concat(SubjectList.Classes).Select(row => row.Data)];

    [Theory]
    [MemberData(nameof(Subjects))]
    public void Renaming_to_the_same_names_changes_nothing(string subject) => ForAll(subject, (a, _, names, _) =>
        Law.Same("the same names", a.RowWithContext, EncodedEntity.Rename(a.RowWithContext, new(names.Former, new(names.Former.Replica, names.Former.First)))));

    [Theory]
    [MemberData(nameof(Subjects))]
    public void Renaming_back_gives_the_same_bytes(string subject) => ForAll(subject, (a, b, names, _) =>
    {
        var renamed = EncodedEntity.Rename(a.RowWithContext, names);
        EncodedEntity.ValidateStandalone(renamed);
        var back = new DotRenaming(new(names.First.Replica, names.First.Counter, names.Of(new Dot(names.Former.Replica, names.Former.Last)).Counter), new(names.Former.Replica, names.Former.First));
        Law.Same("there and back", a.RowWithContext, EncodedEntity.Rename(renamed, back));
        Law.Holds("two states stay two", a.RowWithContext.AsSpan().SequenceEqual(b.RowWithContext) == renamed.AsSpan().SequenceEqual(EncodedEntity.Rename(b.RowWithContext, names)));
    });

    [Theory]
    [MemberData(nameof(Subjects))]
    public void Renaming_commutes_with_joining(string subject) => ForAll(subject, (a, b, names, latest) =>
    {
        foreach (var bound in new Stamp?[] { null, latest })
        {
            var (left, right) = (EncodedEntity.Rename(a.RowWithContext, names, bound), EncodedEntity.Rename(b.RowWithContext, names, bound));
            Law.Same("states", EncodedEntity.Rename(EncodedEntity.Join(a.RowWithContext, b.RowWithContext), names, bound), EncodedEntity.Join(left, right));
            var (contextA, contextB) = (a.State.Context, b.State.Context);
            var row = EncodedEntity.Join(EncodedEntity.Rename(a.Row, names, bound), names.Of(contextA), EncodedEntity.Rename(b.Row, names, bound), names.Of(contextB));
            Law.Same("rows under contexts", EncodedEntity.Rename(EncodedEntity.Join(a.Row, contextA, b.Row, contextB), names, bound), row);
        }
    });

    [Theory]
    [MemberData(nameof(Subjects))]
    public void No_time_of_what_is_renamed_is_later_than_the_bound_and_no_other_changes(string subject) => ForAll(subject, (a, _, names, latest) =>
    {
        var renamed = EncodedEntity.Rename(a.RowWithContext, names, latest);
        var written = new DotRange(names.First.Replica, names.First.Counter, ulong.MaxValue);
        Law.Holds("those that stay", EncodedEntity.LatestStamp(a.RowWithContext, names.Former) == EncodedEntity.LatestStamp(renamed, written));
        var all = EncodedEntity.LatestStamp(renamed);
        Law.Holds("those that are renamed", all.CompareTo(latest) <= 0 || all == EncodedEntity.LatestStamp(renamed, written));
        Law.Same("a bound above all of them", EncodedEntity.Rename(a.RowWithContext, names), EncodedEntity.Rename(a.RowWithContext, names, new(ulong.MaxValue)));
    });

    [Fact]
    public void A_name_that_is_taken_is_refused()
    {
        var writer = new WireWriter(64);
        writer.WriteVarint(1);
        writer.WriteReplica(new(1));
        writer.WriteBlock([]);
        writer.WriteBlock([0, 1, 0, 2]);
        var state = writer.Finish();
        Assert.Throws<ArgumentException>(() => EncodedEntity.Rename(state, new(new(new(1), 1, 1), new(new(1), 2))));
    }

    /// <summary>Two states of a history, other names for some of a replica's writes, which sort before, between or behind those of the others, and a time within it.</summary>
    private static void ForAll(string subject, Action<Sample, Sample, DotRenaming, Stamp> law) => Cases.ForAll(History.Of(SubjectList.Of(subject)), history =>
    {
        var (world, dice) = (history.Run(), history.Dice());
        var (a, b) = (world.Samples[dice.Below(world.Samples.Length)], world.Samples[dice.Below(world.Samples.Length)]);
        var former = World.IdOf(dice.Below(3));
        var first = (ulong)(1 + dice.Below(4));
        var taken = new ReplicaId(((UInt128)(ulong)dice.Below(5) << 64) | 0xA6);
        var stamps = new[] { EncodedEntity.LatestStamp(a.Row), EncodedEntity.LatestStamp(b.Row) };
        law(a, b, new(new(former, first, first + (ulong)dice.Below(12)), new(taken, (ulong)(1 + dice.Below(3)))), new(stamps[dice.Below(2)].Value - (ulong)dice.Below(2) * Math.Min(stamps.Min().Value, 1UL << 17)));
    });
}
