namespace Portal.DigitalOcean.Wire;

internal sealed record OptionsRoot
{
    public WireOptions? Options { get; init; }
}

internal sealed record WireOptions
{
    public WireEngineOptions? Pg { get; init; }
}

internal sealed record WireEngineOptions
{
    public IReadOnlyList<string?>? Regions { get; init; }

    public IReadOnlyList<string?>? Versions { get; init; }

    public string? DefaultVersion { get; init; }

    public IReadOnlyList<WireLayout?>? Layouts { get; init; }
}

internal sealed record WireLayout
{
    public int? NumNodes { get; init; }

    public IReadOnlyList<string?>? Sizes { get; init; }
}
