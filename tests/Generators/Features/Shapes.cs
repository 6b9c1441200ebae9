using System.Diagnostics.CodeAnalysis;
using Crdt;
using Crdt.Schema;
using Crdt.Types;

// In the global namespace.
[CrdtNode]
internal partial class Rootless
{
    [Key] public partial string Name { get; }

    [Lww] public partial int Value { get; set; }
}

namespace Crdt.Tests.Generators.Features
{
    internal partial record struct Outer
    {
        internal partial interface IInner
        {
            [CrdtNode]
            internal partial class Nested
            {
                [Key] public partial Guid Id { get; }

                [OrSet] internal partial ISet<Guid> Friends { get; }
            }
        }
    }

    // Every name is a keyword or one of those that the generator uses itself.
    [CrdtNode]
    internal partial class @event
    {
        [Key] public partial string Source { get; }

        [Lww] public partial int? @class { get; set; }

        [Lww] public partial int? Layout { get; set; }

        [Lww] public partial int? Type { get; set; }

        [Lww] public partial int? _class { get; set; }

        [Lww] public partial int? value { get; set; }

        [Lww] public partial int? field { get; set; }

        [Counter] public partial long State { get; set; }
    }

    [CrdtNode(Name = "Card", Lane = "fast")]
    internal partial class Modified
    {
        // Initialized before or after the emitted part, as the compiler likes.
        internal static readonly string TypeName = EntityType.Name;
        internal static readonly EntityType Type = EntityType;

        [Key] public partial long Id { get; }

        [Lww(Name = "given_name")] public virtual partial string First { get; protected internal set; }

        [Lww] public partial string Last { get; init; }

        [Counter] internal partial long Visits { get; private protected set; }

        [Obsolete("Kept for older readers.")]
        [Lww] public partial string? Nickname { get; set; }

        [OrSet(Name = "labels")] public partial ISet<string> Tags { get; }

        public string Full => $"{First} {Last}";

        public void Rename(string first) => First = first;
    }

    [CrdtNode]
    internal partial class Auction
    {
        [Key] public partial long Id { get; }

        [Lww(Resolve = nameof(Highest))] public partial decimal Bid { get; set; }

        [Lww(Resolve = nameof(Joined))] public partial string? Notes { get; set; }

        [Lww(Resolve = nameof(Earliest))] public partial DateOnly? Due { get; set; }

        private static decimal Highest(IReadOnlyList<Sibling<decimal>> siblings) => siblings.Max(sibling => sibling.Value);

        [return: NotNull]
        private static string? Joined(IReadOnlyList<Sibling<string?>> siblings) =>
            string.Join("; ", siblings.Select(sibling => sibling.Value).OfType<string>().Order(StringComparer.Ordinal));

        private static DateOnly? Earliest(IReadOnlyList<Sibling<DateOnly?>> siblings) => siblings.Min(sibling => sibling.Value);
    }

    // One of many between the same two, from a class that others see to one that they don't.
    [CrdtRel(typeof(Person), typeof(Rootless))]
    public partial class Visit
    {
        [Key] public partial int Target { get; }

        [Lww] public partial string Purpose { get; set; }
    }

    [CrdtRel(typeof(@event), typeof(@event), Name = "FOLLOWS", Lane = "fast")]
    internal partial class Follows;
}
