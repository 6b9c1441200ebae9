namespace Crdt.Tests.Sync.Faults;

/// <summary>How something that a machine was to do has ended.</summary>
/// <param name="HasCrashed">Whether its process ended meanwhile, so that nobody knows.</param>
/// <param name="Error">Why it failed; null where it didn't.</param>
internal readonly record struct Ending(bool HasCrashed, Exception? Error)
{
    public bool IsSuccess => !HasCrashed && Error is null;
}
