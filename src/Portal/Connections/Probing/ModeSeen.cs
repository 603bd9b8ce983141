using Npgsql;
using Portal.DigitalOcean;

namespace Portal.Connections.Probing;

/// <summary>The mode of a pool as it shows itself, set beside what DigitalOcean says.</summary>
internal static class ModeSeen
{
    private const int Tries = 3;

    /// <summary>A second client that does not get its turn at once is not waited for: it would keep others waiting, too.</summary>
    private static readonly TimeSpan ShortPatience = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Whether a second client gets the server connection of the first while that one is still there. Only a pool that does not keep sessions lends it twice; that it
    /// was not lent proves nothing, because other clients may have taken it in between.
    /// </summary>
    public static async Task<bool> IsLentTwiceAsync(PoolLogin login, NpgsqlConnection first, CancellationToken cancellationToken)
    {
        try
        {
            await using var second = await login.OpenAsync(cancellationToken);
            for (var time = 0; time < Tries; time++)
            {
                var lent = await PoolQuestions.BackendAsync(first, ShortPatience, cancellationToken);
                if (await PoolQuestions.BackendAsync(second, ShortPatience, cancellationToken) == lent)
                {
                    return true;
                }
            }

            return false;
        }
        catch (NpgsqlException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>A second server connection is asked for only where one client more hurts nobody.</summary>
    public static bool MayTakeTwo(Pool pool) => pool.Mode is not PoolMode.Statement && (pool.Mode is not PoolMode.Session || pool.Size > 1);

    /// <param name="pool">What DigitalOcean says.</param>
    /// <param name="pooler">What PgBouncer's console says, where it may be asked.</param>
    /// <param name="lentTwice">See <see cref="IsLentTwiceAsync"/>.</param>
    /// <param name="refusesTransactions">Null when it was not tried.</param>
    public static Finding Judge(Pool pool, PoolMode? pooler, bool lentTwice, bool? refusesTransactions)
    {
        var (seen, how) = (pooler, refusesTransactions, lentTwice) switch
        {
            ({ } said, _, _) => (said, "as PgBouncer says"),
            (_, true, _) => (PoolMode.Statement, "seen: it refuses to begin a transaction"),
            (_, _, true) => (PoolMode.Transaction, "seen: two clients got the same server connection in turn"),
            _ => ((PoolMode?)null, ""),
        };
        return (seen, pool.Mode) switch
        {
            (null, null) => new Finding(ProbeStep.Mode, FindingState.Ok, $"{pool.ModeText}, as the API says."),
            (null, { } said) => new Finding(ProbeStep.Mode, FindingState.Ok, $"{said}, as the API says.{WhyNotSeen(said)}"),
            ({ } mode, var said) when said is null || said == mode => new Finding(ProbeStep.Mode, FindingState.Ok, $"{mode}, {how}."),
            ({ } mode, var said) => new Finding(ProbeStep.Mode, FindingState.Warning, $"{mode}, {how}. DigitalOcean says {said}.")
            {
                Means = "The mode was changed a moment ago, or PgBouncer has not taken the change over yet.",
                ToDo = "Test again in a minute. Until then treat the pool as what was seen.",
            },
        };
    }

    private static string WhyNotSeen(PoolMode said) => said switch
    {
        PoolMode.Session => " Nothing that was seen speaks against it.",
        PoolMode.Transaction => " Other clients were at work, so it could not be seen.",
        _ => "",
    };
}
