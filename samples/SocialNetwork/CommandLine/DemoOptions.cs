namespace Crdt.Samples.SocialNetwork.CommandLine;

/// <summary>What the command line asks for; null where it leaves the choice to the program or to the run that is resumed.</summary>
internal sealed record DemoOptions
{
    public string? Data { get; init; }

    public string? Work { get; init; }

    public bool All { get; init; }

    public int? Seed { get; init; }

    public int? Limit { get; init; }

    public int? Batch { get; init; }

    public bool Resume { get; init; }

    public bool VerifyOnly { get; init; }

    public bool Tamper { get; init; }

    public bool Quiet { get; init; }

    public bool Help { get; init; }
}
