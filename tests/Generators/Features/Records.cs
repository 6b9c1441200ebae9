using System.Text;

namespace Crdt.Tests.Generators.Features;

/// <summary>A record with members of its own besides those that merge.</summary>
[CrdtNode]
public partial record Account
{
    private readonly string _prefix = "no ";

    [Key] public partial long Id { get; }

    [Lww] public partial string? Email { get; set; }

    [Lww] public partial int? Age { get; init; }

    [Counter] public partial long Stock { get; set; }

    [OrSet] public partial ISet<string> Tags { get; }

    [Lww] internal partial string Secret { get; set; }

    [Obsolete("Nobody may.", true)]
    [Lww] public partial string? Gone { get; set; }

    public List<string> Notes { get; } = [];

    public string @event { get; init; } = "";

    public int Half => (Age ?? 0) / 2;

    public string Prefixed => _prefix + Email;

    public event Action? Changed;

    public void Touch() => Changed?.Invoke();
}

/// <summary>A derived record keeps what merges, and compares and prints what it adds.</summary>
public record Business : Account
{
    public Business(Replica replica, long id)
        : base(replica, id)
    {
    }

    public string? Company { get; init; }
}

/// <summary>A sealed record that prints itself.</summary>
[CrdtNode]
internal sealed partial record Ticket
{
    [Key] public partial Guid Code { get; }

    [Lww] public partial string State { get; set; }

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append(State);
        return true;
    }
}

/// <summary>A record that is a relationship.</summary>
[CrdtRel(typeof(Account), typeof(Person))]
public sealed partial record Trip
{
    [Key] public partial int Number { get; }

    [Lww] public partial DateOnly? Day { get; set; }
}

/// <summary>A record in a record, and in one that is a struct.</summary>
internal partial record Shelf
{
    internal partial record struct Row
    {
        [CrdtNode]
        internal partial record Empty
        {
            [Key] private partial string Name { get; }
        }
    }

    public static string Print(Replica replica) => new Row.Empty(replica, "x").ToString();
}
