namespace Crdt.Samples.SocialNetwork.Edits;

/// <summary>A relationship, by its table and the keys of its ends.</summary>
internal readonly record struct LinkKey(string Table, long Source, long Target)
{
    public override string ToString() => $"{Source} -[{Table}]-> {Target}";
}
