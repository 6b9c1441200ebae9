namespace Crdt.Sqlite;

/// <summary>What tests set otherwise than users.</summary>
/// <param name="Settling">How many rows may be recent.</param>
internal sealed record StoreLimits(SettlingLimits Settling)
{
    public static StoreLimits Default { get; } = new(SettlingLimits.Default);
}
