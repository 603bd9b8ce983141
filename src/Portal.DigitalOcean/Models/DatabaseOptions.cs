namespace Portal.DigitalOcean;

/// <summary>What DigitalOcean offers for PostgreSQL clusters.</summary>
/// <seealso href="https://docs.digitalocean.com/reference/api/reference/databases/#databases_list_options"/>
public sealed record DatabaseOptions
{
    /// <summary>Slugs such as <c>ams3</c>.</summary>
    public required IReadOnlyList<string> Regions { get; init; }

    /// <summary>Major versions such as <c>17</c>.</summary>
    public required IReadOnlyList<string> Versions { get; init; }

    public string? DefaultVersion { get; init; }

    public required IReadOnlyList<DatabaseLayout> Layouts { get; init; }
}

/// <summary>The size slugs that can be had with a number of nodes.</summary>
public sealed record DatabaseLayout(int NodeCount, IReadOnlyList<string> SizeSlugs);
