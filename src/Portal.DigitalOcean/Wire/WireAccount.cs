namespace Portal.DigitalOcean.Wire;

internal sealed record AccountRoot
{
    public WireAccount? Account { get; init; }
}

internal sealed record WireAccount
{
    public string? Uuid { get; init; }

    public string? Email { get; init; }

    public string? Name { get; init; }

    public string? Status { get; init; }

    public string? StatusMessage { get; init; }

    public WireTeam? Team { get; init; }
}

internal sealed record WireTeam
{
    public string? Name { get; init; }
}
