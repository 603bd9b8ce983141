using System.Diagnostics.Metrics;
using Portal.DigitalOcean;
using Portal.Operations.Telemetry;

namespace Portal.Vaults;

/// <summary>How old the portal's copies of the API tokens are, and since when it knows their versions.</summary>
internal sealed class VaultsMeter : IRoomFigures
{
    private readonly ApiTokens _tokens;
    private readonly TimeProvider _clock;

    public VaultsMeter(IMeterFactory meters, ApiTokens tokens, TimeProvider clock)
    {
        (_tokens, _clock) = (tokens, clock);
        var meter = meters.Create("Portal.Vaults");
        meter.CreateObservableGauge("pool_portal.vault.token.read_age", () => Ages(kept => kept.ReadAt), "s", "How long ago the vault gave the API token that is in use.");
        meter.CreateObservableGauge(
            "pool_portal.vault.token.version_age", () => Ages(kept => kept.Since), "s", "How long this process has known the version of the API token that is in use: an age that grows from its start, and begins anew with a new token.");
    }

    public string About => "Vault";

    public IReadOnlyList<Figure> Now() => _tokens.Kept is not { Count: > 0 } kept
        ? [new Figure("API token", "none was read yet") { IsTrouble = true }]
        : [.. kept.SelectMany(one => Facts(one.Purpose is TokenPurpose.Manage ? "API token" : "Token for passwords", one.Secret))];

    private Figure[] Facts(string token, KeptVersion kept) =>
    [
        new(token, $"version {kept.Version}, known for {FigureWords.Long(AgeOf(kept.Since))}"),
        new($"{token}, read", $"{FigureWords.Long(AgeOf(kept.ReadAt))} ago") { IsTrouble = _tokens.Trouble is not null },
    ];

    private IEnumerable<Measurement<double>> Ages(Func<KeptVersion, DateTimeOffset> since) => _tokens.Kept.Select(one => new Measurement<double>(
        AgeOf(since(one.Secret)).TotalSeconds, new KeyValuePair<string, object?>("token", FigureWords.Label(one.Purpose))));

    private TimeSpan AgeOf(DateTimeOffset since) => _clock.GetUtcNow() - since is { Ticks: > 0 } age ? age : TimeSpan.Zero;
}
