using System.Text.Json;
using Crdt.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Crdt.AspNetCore.Endpoints;

/// <summary>Exchanges one-time codes for tokens.</summary>
internal sealed partial class EnrollmentEndpoint(PeerRegister register, PeerQuotas quotas, ILogger<EnrollmentEndpoint> logger)
{
    private const int MaxBody = 4096;

    public async Task HandleAsync(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress?.ToString() ?? "somebody";
        using var limit = quotas.Enter($"enroll {address}").Room;
        if (limit is null)
        {
            await Refusal.TooOften.WriteAsync(context.Response).ConfigureAwait(false);
            return;
        }

        if (await ReadAsync(context.Request).ConfigureAwait(false) is { Code: { } code, IsForged: false } request && register.Enroll(code, request.Replica) is { } answer)
        {
            LogEnrolled(answer.Name, address, answer.Access, request.Replica?.ToString() ?? "a replica that signs nothing");
            context.Response.Headers.CacheControl = "no-store";
            await context.Response.WriteAsJsonAsync(answer, PeerListJson.Default.EnrollmentAnswer).ConfigureAwait(false);
            return;
        }

        LogRefused(address);
        await new Refusal(StatusCodes.Status403Forbidden, "code", "there is no such code: it is wrong, has expired or was used; ask whoever runs the hub for another").WriteAsync(context.Response).ConfigureAwait(false);
    }

    private static async ValueTask<EnrollmentRequest?> ReadAsync(HttpRequest request)
    {
        var body = new byte[MaxBody];
        var length = await request.Body.ReadAtLeastAsync(body, MaxBody, throwOnEndOfStream: false, request.HttpContext.RequestAborted).ConfigureAwait(false);
        if (length == MaxBody) return null;
        try
        {
            return JsonSerializer.Deserialize(body.AsSpan(0, length), PeerListJson.Default.EnrollmentRequest);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [LoggerMessage(EventId = 41, Level = LogLevel.Information, Message = "'{Peer}' at {Address} was enrolled as {Replica}, with the access {Access}.")]
    private partial void LogEnrolled(string peer, string address, string access, string replica);

    [LoggerMessage(EventId = 42, Level = LogLevel.Warning, Message = "{Address} was not enrolled: its code is wrong, has expired or was used, or its key isn't its own.")]
    private partial void LogRefused(string address);
}
