namespace Portal.DigitalOcean;

/// <summary>The allowance of a token as the last answer told it.</summary>
/// <param name="Limit">Requests an hour, 5,000 by default.</param>
/// <param name="Remaining">Requests left; 0 also when only the limit of 250 a minute is reached.</param>
/// <param name="ResetAt">When the oldest counted request expires, to the second; not when the whole allowance is back.</param>
public sealed record RateLimit(int? Limit, int? Remaining, DateTimeOffset? ResetAt);

/// <summary>One request and what came of it. A call that was refused with 401 and sent again makes two.</summary>
public sealed record ApiCall
{
    /// <summary>The <c>operationId</c> of the specification, for example <c>databases_add_connectionPool</c>.</summary>
    public required string Operation { get; init; }

    /// <summary>The HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>Which token it took: that for passwords is a call that may have read one.</summary>
    public required TokenPurpose Purpose { get; init; }

    /// <summary>The HTTP status, when an answer began to arrive.</summary>
    public int? Status { get; init; }

    /// <summary>The header <c>x-request-id</c>, or <c>request_id</c> of an error's body.</summary>
    public string? RequestId { get; init; }

    /// <summary>Null when the call ended well or was cancelled by its caller.</summary>
    public ApiFailureKind? Failure { get; init; }

    public RateLimit? RateLimit { get; init; }

    /// <summary>See <see cref="ApiToken.Version"/>.</summary>
    public required string TokenVersion { get; init; }

    public required TimeSpan Duration { get; init; }
}

/// <summary>Sees every request after it ended, for the audit and for metrics.</summary>
public interface IApiCallObserver
{
    /// <summary>Called on the caller's way, before it gets its result: quick, and without throwing.</summary>
    void Seen(ApiCall call);
}
