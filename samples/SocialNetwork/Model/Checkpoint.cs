namespace Crdt.Samples.SocialNetwork.Model;

/// <summary>
/// How far a long job has come. It is written in the same transaction as the work itself, so it can't be wrong: whoever
/// starts again after a crash goes on right behind it.
/// </summary>
[CrdtNode]
public sealed partial class Checkpoint
{
    [Key]
    public partial string Job { get; }

    [Lww(Name = "done")]
    public partial long Done { get; set; }
}
