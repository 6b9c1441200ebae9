namespace Crdt;

/// <summary>
/// A property whose value one node of its type has at most, such as an e-mail address. While peers stand ready, a value is reserved at all of them before it is committed; replicas that wrote
/// the same one without knowing of each other have a conflict, of which the first to have written is the owner. For properties of nodes that are marked <see cref="LwwAttribute"/>
/// and have no rule of their own. Nothing (<see langword="null"/>), and what was never written, any number of nodes can have. See <c>docs/unique.md</c>.
/// </summary>
/// <remarks>
/// Values are the same where their bytes are: <c>Ann</c> and <c>ann</c> are two, so bring values into one form before they are written.
/// </remarks>
[AttributeUsage(AttributeTargets.Property)]
public sealed class UniqueAttribute : Attribute;
