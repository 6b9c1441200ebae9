/// <summary>In the global namespace, around the other.</summary>
public partial struct Outer
{
    /// <summary>Nested, a keyword by name, with a state of its own.</summary>
    [CrdtNode]
    public partial class @event
    {
        /// <summary>The key.</summary>
        [Key] public partial uint Replica { get; }

        /// <summary>Of the user's.</summary>
        [Lww] public partial byte[] State { get; init; }
    }
}
