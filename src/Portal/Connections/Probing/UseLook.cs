using System.Security.Cryptography;
using Npgsql;
using Portal.DigitalOcean;

namespace Portal.Connections.Probing;

/// <summary>Sees how much of a pool is in use: from inside PostgreSQL, and from PgBouncer where it may be asked.</summary>
internal sealed class UseLook(DigitalOceanClient api, TimeProvider clock)
{
    private static readonly TimeSpan Patience = PoolProbe.Patience;

    public async Task<InUse> ThroughPoolAsync(ProbeTarget target, ProbeWay way, PoolLogin login, CancellationToken cancellationToken)
    {
        await using var connection = await login.OpenAsync(cancellationToken);
        return (await SeeAsync(target, way, login, connection, isDirect: false, cancellationToken)).Use;
    }

    /// <summary>For a pool that has no server connection free to look through: just then its figures are wanted most.</summary>
    /// <returns>Null when PostgreSQL cannot be reached from here.</returns>
    public async Task<InUse?> PastPoolAsync(Guid cluster, ProbeTarget target, ProbeWay way, CancellationToken cancellationToken)
    {
        if (!(await api.GetClusterAsync(cluster, cancellationToken)).TryGet(out var found, out _)
            || (way.Network is Network.Private ? found.Direct.Private : found.Direct.Public) is not { } direct)
        {
            return null;
        }

        try
        {
            await using var login = new PoolLogin(target, direct, Patience);
            await using var connection = await login.OpenAsync(cancellationToken);
            return (await SeeAsync(target, way, login, connection, isDirect: true, cancellationToken)).Use;
        }
        catch (Exception exception) when (exception is CryptographicException || PoolTrouble.IsExpected(exception))
        {
            return null;
        }
    }

    /// <returns>The figures, and the mode where PgBouncer tells it.</returns>
    public async Task<(InUse Use, PoolMode? Mode)> SeeAsync(
        ProbeTarget target, ProbeWay way, PoolLogin login, NpgsqlConnection connection, bool isDirect, CancellationToken cancellationToken)
    {
        var use = await PoolQuestions.InUseAsync(connection, isDirect, clock.GetUtcNow(), cancellationToken);
        var pooler = await PoolerConsole.LookAsync(target, way, login.Authorities, Patience, clock, cancellationToken);
        var pool = target.Pool;
        return (
            use with
            {
                Waiting = pooler?.Waiting,
                AtWork = pooler?.AtWork,
                LongestWait = pooler?.LongestWait,
                Context = new InUseContext(target.User, pool.Database, pool.Size, target.IsInbound, pool.Mode is PoolMode.Session, target.Twins) { IsDirect = isDirect },
            },
            PoolModes.Parse(pooler?.Mode));
    }
}
