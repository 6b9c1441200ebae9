namespace Crdt;

/// <summary>
/// A replica wants to take more away from a counter with a least value than it has rights for. Nothing was changed. Rights come from adding units here, or
/// from a replica that gives away some of its own: what is left in all says whether any has.
/// </summary>
/// <param name="field">The counter.</param>
/// <param name="wanted">How much was to be taken or given away.</param>
/// <param name="here">How much this replica may take away now.</param>
/// <param name="inAll">How far the counter is above its least value, as far as is known here.</param>
public sealed class InsufficientRightsException(string field, Int128 wanted, long here, long inAll)
    : InvalidOperationException($"This replica has the right to take {here} away from '{field}', and {wanted} were asked for; all replicas together have {inAll}. {Advice(wanted, here, inAll)}")
{
    /// <summary>The counter's name in the data.</summary>
    public string Field { get; } = field;

    /// <summary>How much was to be taken or given away.</summary>
    public Int128 Wanted { get; } = wanted;

    /// <summary>How much this replica may take away now.</summary>
    public long Here { get; } = here;

    /// <summary>How far the counter is above its least value, as far as is known here: what all replicas together may take away.</summary>
    public long InAll { get; } = inAll;

    private static string Advice(Int128 wanted, long here, long inAll) => wanted <= inAll && inAll > here
        ? "Ask for rights, or have another replica give this one some; then sync, and try again. Replicas of a graph ask and give by themselves when they sync: the second sync brings them."
        : "Sync first: others may have added some, or given this replica rights.";
}
