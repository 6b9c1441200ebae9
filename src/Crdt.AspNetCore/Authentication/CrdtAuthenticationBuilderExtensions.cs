using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Crdt.AspNetCore.Authentication;

/// <summary>Adds the scheme by which peers show tokens.</summary>
public static class CrdtAuthenticationBuilderExtensions
{
    /// <summary>The scheme's name.</summary>
    public const string Scheme = "crdt";

    /// <summary>Lets peers in by the tokens of a register, which <c>crdt enroll</c> writes too. Other schemes may stand beside it.</summary>
    /// <param name="authentication">What schemes are added to.</param>
    /// <param name="register">The peers.</param>
    public static AuthenticationBuilder AddCrdtTokens(this AuthenticationBuilder authentication, PeerRegister register)
    {
        ArgumentNullException.ThrowIfNull(authentication);
        authentication.Services.TryAddSingleton(TimeProvider.System);
        authentication.Services.AddSingleton<IPeerStanding>(services => new RegisteredStanding(register, services.GetRequiredService<TimeProvider>()));
        return authentication.AddScheme<CrdtTokenOptions, CrdtTokenHandler>(Scheme, options => options.Register = register);
    }
}
