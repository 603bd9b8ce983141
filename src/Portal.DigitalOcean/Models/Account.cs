namespace Portal.DigitalOcean;

/// <summary>Whose token it is.</summary>
/// <seealso href="https://docs.digitalocean.com/reference/api/reference/account/#account_get"/>
public sealed record Account
{
    public required string Id { get; init; }

    public required string Email { get; init; }

    public string? Name { get; init; }

    /// <summary><c>active</c>, <c>warning</c> or <c>locked</c>.</summary>
    public string? Status { get; init; }

    public string? StatusMessage { get; init; }

    /// <summary>The team the token belongs to; null for a personal account.</summary>
    public string? TeamName { get; init; }
}
