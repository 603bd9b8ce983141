using System.Globalization;
using Portal.DigitalOcean;

namespace Portal.Inventory;

/// <summary>A failed call in words: what happened, and what the reader can do. DigitalOcean's own message and request id stand beside them.</summary>
internal sealed record FailureWords(string Happened, string ToDo)
{
    public static FailureWords Of(ApiFailure failure) => failure switch
    {
        { Kind: ApiFailureKind.Unauthorized } => new(
            "DigitalOcean refused the portal's token.",
            "Ask an admin to put a token that works into the vault. The portal reads it again by itself."),
        { Kind: ApiFailureKind.Forbidden } => new(
            "The portal's token may not do this at DigitalOcean.",
            failure.Scope is { } scope ? $"Ask an admin to give the token the scope {scope}." : "Ask an admin to give the token the missing scope."),
        { Kind: ApiFailureKind.NotFound } => new(
            "DigitalOcean does not know this cluster or pool any more.",
            "Look at the list again. If the cluster should be there, ask an admin whether the token belongs to the right team."),
        { Kind: ApiFailureKind.Conflict } => new(
            "DigitalOcean says that this stands against something else.",
            "Look at the pool as it is now before you try again."),
        { Kind: ApiFailureKind.NotReady } => new(
            "The cluster is online, but DigitalOcean is not ready to change it.",
            "This passes, usually within minutes. The portal tries again by itself for a while."),
        { Kind: ApiFailureKind.Rejected, Status: 422 } => new(
            "DigitalOcean did not accept these values.",
            "Change what its message names and try again."),
        { Kind: ApiFailureKind.Rejected, Status: { } status } => new(
            $"DigitalOcean refused the call (status {status}).",
            "Try again. If it stays so, give an admin the request id."),
        { Kind: ApiFailureKind.Rejected } => new(
            "DigitalOcean cannot be asked for this.",
            "Change what the message names and try again."),
        { Kind: ApiFailureKind.Throttled, RetryAt: { } at } => new(
            $"DigitalOcean's rate limit is reached until {Time(at)}.",
            "The portal goes on by itself after that."),
        { Kind: ApiFailureKind.Throttled } => new(
            "DigitalOcean's rate limit is reached.",
            "The portal goes on by itself in a while."),
        { Kind: ApiFailureKind.NotSent, RetryAt: { } at } => new(
            $"DigitalOcean has not answered of late, so it is not asked until {Time(at)}.",
            "Nothing was sent. The portal tries again by itself after that."),
        { Kind: ApiFailureKind.NotSent } => new(
            $"DigitalOcean could not be reached{Because(failure)}.",
            "Nothing was sent. The portal tries again by itself."),
        { Kind: ApiFailureKind.NoToken } => new(
            $"The vault gave no token{Because(failure)}.",
            "Nothing was sent. Ask an admin to look at the vault; the portal tries again by itself."),
        { Status: 408 or 504 } => new(
            $"DigitalOcean did not answer in time (status {failure.Status}).",
            "The portal reads back what came of it."),
        { Status: 503 } => new(
            "DigitalOcean's service is unavailable (status 503).",
            "The portal reads back what came of it."),
        { Status: >= 500 } => new(
            $"DigitalOcean had an error of its own (status {failure.Status}).",
            "The portal reads back what came of it."),
        { Status: { } status } => new(
            $"DigitalOcean answered with status {status}, but the answer cannot be read{Because(failure)}.",
            "The portal reads back what came of it."),
        _ => new(
            $"DigitalOcean gave no answer{Because(failure)}.",
            "The portal reads back what came of it."),
    };

    private static string Time(DateTimeOffset at) => $"{at.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture)} UTC";

    private static string Because(ApiFailure failure) => (failure.Detail ?? failure.Message) is { } reason ? $" ({reason})" : "";
}
