namespace Crdt.Samples.SocialNetwork.Edits;

/// <summary>A node, by its table and key.</summary>
internal readonly record struct NodeKey(string Table, long Id)
{
    public override string ToString() => $"{Table} {Id}";
}
