namespace Crdt.Tests.Sync.Commit;

/// <summary>How much may go wrong in one execution.</summary>
/// <param name="Participants">How many participants there are, two or three.</param>
/// <param name="Crashes">How many crashes there are in all.</param>
/// <param name="Faults">How many messages are lost or doubled, and writes refused. Every message may be late.</param>
/// <param name="Timers">How many timers fire, or transactions follow, while something could still go wrong.</param>
/// <param name="Restores">How often the coordinator goes on from a copy of its log, as another incarnation.</param>
internal readonly record struct Bounds(int Participants, int Crashes, int Faults, int Timers, int Restores = 0);
