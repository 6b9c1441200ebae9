using Microsoft.AspNetCore.Authentication;

namespace Crdt.AspNetCore.Authentication;

/// <summary>Where the tokens are that peers show.</summary>
public sealed class CrdtTokenOptions : AuthenticationSchemeOptions
{
    /// <summary>The peers that are let in.</summary>
    public PeerRegister? Register { get; set; }

    /// <inheritdoc/>
    public override void Validate()
    {
        if (Register is null) throw new InvalidOperationException($"{nameof(Register)} is missing: say in which file the peers stand that are let in.");
    }
}
