namespace Crdt.Tests.Sync.Model;

/// <summary>Registers under each rule of resolution.</summary>
[CrdtNode]
public partial class Account
{
    [Key] public partial long Id { get; }

    [Lww(Rule = Resolution.OnlineWins)] public partial string? Status { get; set; }

    [Lww(Rule = Resolution.FirstWriteWins)] public partial string? Owner { get; set; }

    [Lww(Rule = Resolution.Max)] public partial int Level { get; set; }

    [Lww(Rule = Resolution.Min)] public partial int Quota { get; set; }

    [OrMap] public partial IDictionary<string, string> Labels { get; }
}
