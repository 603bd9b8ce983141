using System.ComponentModel.DataAnnotations;

namespace Portal.Shell;

/// <summary>How many connections one portal takes.</summary>
internal sealed class ConnectionLimits
{
    public const string Section = "Limits";

    /// <summary>Open connections of every kind; 100 to 1,000,000, default 12,000. Further ones are closed at once.</summary>
    [Range(100, 1_000_000, ErrorMessage = "Limits:MaxConnections must be between 100 and 1000000.")]
    public int MaxConnections { get; init; } = 12_000;

    /// <summary>Open pages, each with its circuit; 100 to 1,000,000, default 10,000. It leaves room below <see cref="MaxConnections"/> for requests.</summary>
    [Range(100, 1_000_000, ErrorMessage = "Limits:MaxCircuits must be between 100 and 1000000.")]
    public int MaxCircuits { get; init; } = 10_000;

    /// <summary>Open pages of one person in one portal; 1 to 1,000, default 20. A page beyond them says so, and works when another was closed.</summary>
    [Range(1, 1000, ErrorMessage = "Limits:CircuitsPerPerson must be between 1 and 1000.")]
    public int CircuitsPerPerson { get; init; } = 20;
}
