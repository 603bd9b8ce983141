using Portal.Access;
using Portal.DigitalOcean;
using Portal.Inventory;

namespace Portal.Connections;

/// <summary>What kind of "no", for whoever has to draw it or answer with a status.</summary>
internal enum NotHandedOutKind
{
    /// <summary>The request itself is wrong: an unknown format, a network that the pool does not have.</summary>
    BadRequest,

    SessionEnded,

    NotAllowed,

    /// <summary>Allowed, once the person has proved anew to the provider who they are.</summary>
    ProveAgain,

    /// <summary>Allowed, but not so many of them in so short a time.</summary>
    TooMany,

    /// <summary>The pool, its cluster or the database user is not there any more.</summary>
    Gone,

    /// <summary>The pool is not what was permitted a moment ago.</summary>
    ChangedMeanwhile,

    /// <summary>There is no password to hand out: the portal's token may not read it.</summary>
    NoPassword,

    /// <summary>DigitalOcean did not give an answer that can be used.</summary>
    ApiFailed,

    /// <summary>The portal itself cannot: no token, no record, no way to DigitalOcean. Worth another try.</summary>
    Unavailable,
}

/// <summary>Why there is no connection, in words for people. Holds no secret.</summary>
/// <param name="Happened">A short sentence.</param>
/// <param name="ToDo">What the reader can do about it; may be empty.</param>
internal sealed record NotHandedOut(NotHandedOutKind Kind, string Happened, string ToDo)
{
    /// <summary>DigitalOcean's own words, when it gave some.</summary>
    public string? ApiMessage { get; init; }

    public string? RequestId { get; init; }

    public static readonly NotHandedOut NotRecorded = new(
        NotHandedOutKind.Unavailable,
        "The portal cannot write to its record, so it hands out nothing.",
        "Try again; if it stays so, tell an admin.");

    public static readonly NotHandedOut NoPassword = new(
        NotHandedOutKind.NoPassword,
        "The portal's token may not read passwords (database:view_credentials).",
        "Copy it without the password and put in your own.");

    public static NotHandedOut Ended(Refusal refusal) => new(NotHandedOutKind.SessionEnded, refusal.Message, "");

    public static NotHandedOut NotAllowed(Refusal refusal) => new(NotHandedOutKind.NotAllowed, refusal.Message, "");

    /// <param name="happened">Why it is asked for, as a sentence.</param>
    public static NotHandedOut ProveAgain(string happened) => new(
        NotHandedOutKind.ProveAgain, happened, "Sign in again; you come back to this page.");

    public static NotHandedOut ClusterGone() => new(
        NotHandedOutKind.Gone, "The portal knows no such cluster.", "Look at the list of pools again.");

    public static NotHandedOut PoolGone(string pool, string cluster) => new(
        NotHandedOutKind.Gone,
        $"There is no pool {pool} on {cluster} any more.",
        "Somebody deleted it. Its connection works no longer; look at the list of pools again.");

    public static NotHandedOut Changed(string pool) => new(
        NotHandedOutKind.ChangedMeanwhile,
        $"{pool} was changed at this very moment.",
        "Nothing was handed out. Load the page again and look at what it is now.");

    /// <summary>A reading that failed. Nothing was changed by it, so it can be tried again at once.</summary>
    public static NotHandedOut Because(ApiFailure failure)
    {
        var words = FailureWords.Of(failure);
        var (kind, toDo) = failure.Kind switch
        {
            ApiFailureKind.NotFound => (NotHandedOutKind.Gone, words.ToDo),
            ApiFailureKind.NoToken => (NotHandedOutKind.Unavailable, "Ask an admin to look at the vault."),
            ApiFailureKind.NotSent => (NotHandedOutKind.Unavailable, "Try again in a moment."),
            ApiFailureKind.Throttled => (NotHandedOutKind.Unavailable, "Try again after that."),
            ApiFailureKind.Unauthorized or ApiFailureKind.Forbidden or ApiFailureKind.Rejected => (NotHandedOutKind.ApiFailed, words.ToDo),
            _ => (NotHandedOutKind.ApiFailed, "Try again in a moment."),
        };
        return new NotHandedOut(kind, words.Happened, toDo) { ApiMessage = failure.Message, RequestId = failure.RequestId };
    }
}
