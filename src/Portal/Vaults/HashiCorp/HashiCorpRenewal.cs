namespace Portal.Vaults;

/// <summary>Keeps the client token alive: a login may be good for one use only, and a token that has run out would need another.</summary>
/// <remarks>
/// At two thirds of its lease it is renewed; when that fails, tried again after 10 seconds and ever longer, at most 5 minutes, until the
/// lease ends. After that whoever needs a secret logs in.
/// </remarks>
internal sealed class HashiCorpRenewal(IHttpClientFactory clients, HashiCorpLogin login, TimeProvider clock, ILogger<HashiCorpRenewal> logger) : BackgroundService
{
    /// <summary>How often it is looked whether there is a token to keep.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    private TimeSpan _wait = LookEvery;
    private DateTimeOffset _notBefore;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await LookAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The vault lets the token run out.
        }
    }

    /// <summary>Renews what is due.</summary>
    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (login.Kept is not { HasEnd: true } token || now < token.RenewAt || now >= token.EndsAt || now < _notBefore)
        {
            return;
        }

        using var http = clients.CreateClient(HashiCorpVault.Client);
        var answer = await login.RenewAsync(http, token, cancellationToken);
        if (answer.TryGet(out var renewed, out var failure))
        {
            _wait = LookEvery;
            logger.ClientTokenRenewed(renewed.EndsAt);
            return;
        }

        _notBefore = now + _wait;
        logger.ClientTokenNotRenewed(failure.Message, token.EndsAt, _notBefore);
        _wait = _wait * 2 < LongestWait ? _wait * 2 : LongestWait;
    }
}
