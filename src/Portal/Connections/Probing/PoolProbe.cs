using System.Globalization;
using System.Security.Cryptography;
using Npgsql;
using Portal.DigitalOcean;
using Portal.Inventory;

namespace Portal.Connections.Probing;

/// <summary>Connects through a pool as an application would, and says step by step what it found.</summary>
/// <remarks>The password lives in the call alone. Trouble that can be expected is a finding; only a cancelled call throws.</remarks>
internal sealed class PoolProbe(
    DigitalOceanClient api, CertificateShelf certificates, InventoryQueries inventory, UseLook use, TimeProvider clock, ILogger<PoolProbe> logger)
{
    /// <summary>For each step that waits for somebody else.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The portal's own test of a pool that was just made: as the pool's user.</summary>
    public async Task<ProbeReport> TestAsync(Guid cluster, string pool, CancellationToken cancellationToken)
    {
        if (!(await api.GetPoolConnectionAsync(cluster, pool, cancellationToken)).TryGet(out var connection, out var failure))
        {
            return Log(cluster, pool, ProbeReport.NotTested(FailureWords.Of(failure).Happened));
        }

        return connection.Pool.User is { } user
            ? await TestAsync(cluster, connection.Pool, user, connection.Password, cancellationToken)
            : Log(cluster, pool, ProbeReport.NotTested("the pool has no user of its own; each session brings its own"));
    }

    /// <param name="user">Whom to connect as.</param>
    /// <param name="password">Of that user; null when the token may not read it.</param>
    public async Task<ProbeReport> TestAsync(Guid cluster, Pool pool, string user, Secret? password, CancellationToken cancellationToken)
    {
        var target = await PrepareAsync(cluster, pool, user, password, cancellationToken);
        return Log(cluster, pool.Name, target.TryGet(out var found, out var why) ? await TestAsync(cluster, found, cancellationToken) : ProbeReport.NotTested(why));
    }

    /// <summary>Everything that a connection needs, or why there is none.</summary>
    public async Task<Result<ProbeTarget, string>> PrepareAsync(Guid cluster, Pool pool, string user, Secret? password, CancellationToken cancellationToken)
    {
        if (password is null)
        {
            return "the token may not read passwords";
        }

        if (Ways(pool).Count == 0)
        {
            return "DigitalOcean named no address of the pool";
        }

        if (!(await certificates.GetAsync(cluster, cancellationToken)).TryGet(out var authority, out var failure))
        {
            return $"the CA certificate could not be read. {FailureWords.Of(failure).Happened}";
        }

        var pools = (await inventory.FindAsync(cluster, cancellationToken))?.Pools ?? [];
        return new ProbeTarget(pool, user, password, authority)
        {
            Twins = [.. pools.Where(other => other.Name != pool.Name && other.Database == pool.Database && (other.User is null || other.User == user)).Select(other => other.Name)],
        };
    }

    public async Task<ProbeReport> TestAsync(Guid cluster, ProbeTarget target, CancellationToken cancellationToken)
    {
        var notes = new ProbeNotes();
        if (await ReachAsync(notes, target, cancellationToken) is { } way)
        {
            await GoInAsync(notes, cluster, target, way, cancellationToken);
        }

        return notes.Finish();
    }

    /// <summary>The figures of a pool in use alone; null when they cannot be seen from here.</summary>
    public async Task<InUse?> LookAsync(Guid cluster, ProbeTarget target, CancellationToken cancellationToken)
    {
        var notes = new ProbeNotes();
        if (await ReachAsync(notes, target, cancellationToken) is not { } way)
        {
            return null;
        }

        try
        {
            await using var login = new PoolLogin(target, way, Patience);
            return await use.ThroughPoolAsync(target, way, login, cancellationToken);
        }
        catch (Exception exception) when (exception is CryptographicException || PoolTrouble.IsExpected(exception))
        {
            return PoolTrouble.IsBusy(exception) ? await use.PastPoolAsync(cluster, target, way, cancellationToken) : null;
        }
    }

    private static List<ProbeWay> Ways(Pool pool) =>
    [
        .. pool.Endpoints.Public is { } open ? [new ProbeWay(open, Network.Public)] : Array.Empty<ProbeWay>(),
        .. pool.Endpoints.Private is { } inner ? [new ProbeWay(inner, Network.Private)] : Array.Empty<ProbeWay>(),
    ];

    private async Task<ProbeWay?> ReachAsync(ProbeNotes notes, ProbeTarget target, CancellationToken cancellationToken)
    {
        var tries = await Task.WhenAll(Ways(target.Pool).Select(way => Reach.TryAsync(way, Patience, clock, cancellationToken)));
        notes.Ok(ProbeStep.From, string.Create(
            CultureInfo.InvariantCulture, $"The portal, on {Environment.MachineName}, over {string.Join(" and ", tries.Select(one => one.Way.NetworkWord))}, as {target.User}."));
        if (tries.FirstOrDefault(one => one.IsThere) is { } reached)
        {
            var missed = tries.TakeWhile(one => one != reached).Select(one => $" Not over {one.Way.NetworkWord}: {one.Words}.");
            notes.Ok(ProbeStep.Reached, reached.Words + string.Concat(missed));
            return reached.Way;
        }

        var (finding, shortly) = ReachWords.NotReached(tries, target);
        notes.End(finding, shortly);
        return null;
    }

    private async Task GoInAsync(ProbeNotes notes, Guid cluster, ProbeTarget target, ProbeWay way, CancellationToken cancellationToken)
    {
        PoolLogin login;
        try
        {
            login = new PoolLogin(target, way, Patience);
        }
        catch (CryptographicException)
        {
            notes.End(new Finding(ProbeStep.Tls, FindingState.NotTested, "The CA certificate that DigitalOcean gives cannot be read."), "not tested: the CA certificate cannot be read");
            return;
        }

        await using (login)
        {
            var isIn = false;
            try
            {
                bool lentTwice;
                PoolMode? pooler;
                var started = clock.GetTimestamp();
                await using (var connection = await login.OpenAsync(cancellationToken))
                {
                    var connecting = clock.GetElapsedTime(started);
                    isIn = true;
                    PoolTrouble.Encrypted(notes);
                    notes.Ok(ProbeStep.SignedIn, $"As {target.User}.");
                    await MeasureAsync(notes, connection, connecting, cancellationToken);
                    PrivilegeWords.Note(notes, await PoolQuestions.PrivilegesAsync(connection, cancellationToken));
                    (notes.InUse, pooler) = await use.SeeAsync(target, way, login, connection, isDirect: false, cancellationToken);
                    lentTwice = ModeSeen.MayTakeTwo(target.Pool) && await ModeSeen.IsLentTwiceAsync(login, connection, cancellationToken);
                }

                var refuses = await SeePreparedAsync(notes, target, login, cancellationToken);
                notes.Add(ModeSeen.Judge(target.Pool, pooler, lentTwice, refuses));
            }
            catch (Exception exception) when (PoolTrouble.IsExpected(exception))
            {
                PoolTrouble.Note(notes, exception, target, login, isIn);
                notes.InUse ??= isIn && PoolTrouble.IsBusy(exception) ? await use.PastPoolAsync(cluster, target, way, cancellationToken) : null;
            }
        }
    }

    private async Task MeasureAsync(ProbeNotes notes, NpgsqlConnection connection, TimeSpan connecting, CancellationToken cancellationToken)
    {
        // The first statement waits for a server connection, which PgBouncer may have to open; the second one is the way there and back.
        var lend = clock.GetTimestamp();
        await PoolQuestions.BackendAsync(connection, Patience, cancellationToken);
        var lending = clock.GetElapsedTime(lend);
        var ask = clock.GetTimestamp();
        await PoolQuestions.BackendAsync(connection, Patience, cancellationToken);
        var asking = clock.GetElapsedTime(ask);
        notes.Connected(connection.PostgreSqlVersion, connecting);
        notes.Ok(ProbeStep.Time, string.Create(
            CultureInfo.InvariantCulture,
            $"{connecting.TotalMilliseconds:0} ms to connect, {lending.TotalMilliseconds:0.#} ms to the first answer, {asking.TotalMilliseconds:0.#} ms for a query after that."));
    }

    /// <returns>Whether the pool refuses to begin a transaction.</returns>
    private static async Task<bool> SeePreparedAsync(ProbeNotes notes, ProbeTarget target, PoolLogin login, CancellationToken cancellationToken)
    {
        // A connection of its own: a pool of mode statement ends the one on which a transaction is begun.
        await using var connection = await login.OpenAsync(cancellationToken);
        try
        {
            var named = await PoolQuestions.PrepareAsync(connection, cancellationToken);
            (notes.Prepared, var finding) = PreparedWords.Of(named, target.Pool.Mode);
            notes.Add(finding);
            return false;
        }
        catch (PostgresException exception) when (PoolTrouble.IsStatementMode(exception))
        {
            notes.Prepared = PreparedStatements.Unknown;
            notes.Add(PreparedWords.NoTransaction);
            return true;
        }
    }

    private ProbeReport Log(Guid cluster, string pool, ProbeReport report)
    {
        logger.Probed(pool, cluster, report.Words);
        return report;
    }
}
