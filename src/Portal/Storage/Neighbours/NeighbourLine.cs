using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Portal.Storage;

/// <summary>Carries words between the portals on one PostgreSQL, by LISTEN and NOTIFY, and finds out which of them is the first.</summary>
/// <remarks>
/// Both belong to a session of the server, which this connection keeps to itself: a PgBouncer in transaction mode before the portal's own database
/// would give the session to somebody else. So the portal says a word to itself now and then, and its health tells when it does not come back.
/// </remarks>
internal sealed class NeighbourLine(Neighbours neighbours, IOptions<DatabaseOptions> options, TimeProvider clock, ILogger<NeighbourLine> logger) : BackgroundService
{
    /// <summary>The channel of NOTIFY.</summary>
    public const string ChannelName = "pool_portal";

    /// <summary>What to look at when words do not come back.</summary>
    public const string WhyDeaf = "Is there a PgBouncer in transaction mode before the portal's own database? Connect to PostgreSQL itself, or in session mode.";

    public static readonly TimeSpan TestedEvery = TimeSpan.FromSeconds(10);

    private const string Test = "test";
    private const int AtOnce = 100;

    // The class of errors that a text itself causes: one that is too long, or has a character that PostgreSQL has no place for.
    private const string DataException = "22";

    private static readonly TimeSpan PauseAfterTrouble = TimeSpan.FromSeconds(1);

    private readonly string _self = $"{Guid.NewGuid():N}";
    private long _number;
    private readonly Channel<string> _words = Channel.CreateBounded<string>(
        new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    /// <summary>When a word of its own came back last; null when none has since the line was made.</summary>
    public DateTimeOffset? HeardItselfAt { get; private set; }

    /// <summary>When the line was made; null while it is down.</summary>
    public DateTimeOffset? UpSince { get; private set; }

    public bool IsNeeded => options.Value.Provider is DatabaseProvider.PostgreSql;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (IsNeeded)
        {
            neighbours.IsFirst = false;
            neighbours.Said += Take;
        }

        return base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        IsNeeded ? Task.WhenAll(ListenAsync(stoppingToken), SpeakAsync(stoppingToken)) : Task.CompletedTask;

    public override void Dispose()
    {
        neighbours.Said -= Take;
        base.Dispose();
    }

    // PostgreSQL delivers equal words of one transaction once; the number keeps each.
    private void Take(string topic, string text) => _words.Writer.TryWrite($"{_self} {Interlocked.Increment(ref _number)} {topic} {text}");

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = new NpgsqlConnection(OwnSession(options.Value.ConnectionString));
                connection.Notification += (_, word) => Hear(word.Payload);
                await connection.OpenAsync(cancellationToken);
                await using var listen = new NpgsqlCommand($"LISTEN {ChannelName}", connection);
                await listen.ExecuteNonQueryAsync(cancellationToken);
                (UpSince, HeardItselfAt) = (clock.GetUtcNow(), null);
                logger.LineIsUp();
                // At the start too: what was loaded before this moment can be old already, and nobody told of it here.
                neighbours.Miss();
                await StayAsync(connection, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (Database.IsTrouble(exception))
            {
                logger.LineIsDown(exception.Message);
            }
            finally
            {
                UpSince = null;
                neighbours.IsFirst = false;
            }

            await Task.Delay(PauseAfterTrouble, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task StayAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var testAt = DateTimeOffset.MinValue;
        while (true)
        {
            if (clock.GetUtcNow() >= testAt)
            {
                testAt = clock.GetUtcNow() + TestedEvery;
                Take(Test, "");
                if (!neighbours.IsFirst && await IsFirstAsync(connection, cancellationToken))
                {
                    neighbours.IsFirst = true;
                    logger.IsFirst();
                }
            }

            // What came is handled by then. The time is the longest that a portal waits to follow a first one that is gone.
            await connection.WaitAsync(TestedEvery, cancellationToken);
        }
    }

    private static async Task<bool> IsFirstAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT pg_try_advisory_lock($1)", connection) { Parameters = { new() { Value = (long)WriteLock.First } } };
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    /// <summary>What is said at once goes in one statement, which is tried until it is said: a word that only one portal knows would leave the others with what is not so any more.</summary>
    private async Task SpeakAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var first in _words.Reader.ReadAllAsync(cancellationToken))
            {
                List<string> words = [first];
                while (words.Count < AtOnce && _words.Reader.TryRead(out var word))
                {
                    words.Add(word);
                }

                while (!await IsSaidAsync(words, cancellationToken))
                {
                    await Task.Delay(PauseAfterTrouble, clock, cancellationToken);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Nobody is told that a portal stops: nothing of it is lost.
        }
    }

    /// <returns>Whether that is done with.</returns>
    private async Task<bool> IsSaidAsync(List<string> words, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection(options.Value.ConnectionString);
            await connection.OpenAsync(cancellationToken);
            await using var command = new NpgsqlCommand("SELECT pg_notify($1, word) FROM unnest($2) AS word", connection)
            {
                Parameters = { new() { Value = ChannelName }, new() { Value = words.ToArray() } },
            };
            await command.ExecuteNonQueryAsync(cancellationToken);
            return true;
        }
        catch (PostgresException exception) when (exception.SqlState.StartsWith(DataException, StringComparison.Ordinal))
        {
            // It never takes them, and those that come after must not wait for them.
            logger.WordsRefused(words.Count, exception.Message);
            return true;
        }
        catch (Exception exception) when (Database.IsTrouble(exception))
        {
            logger.WordsNotSaid(words.Count, exception.Message);
            return false;
        }
    }

    private void Hear(string payload)
    {
        var parts = payload.Split(' ', 4);
        if (parts is [var from, _, var topic, var text] && from != _self)
        {
            neighbours.Hear(topic, text);
        }
        else if (parts is [_, _, Test, _])
        {
            HeardItselfAt = clock.GetUtcNow();
        }
    }

    /// <summary>For a session that is never given back to a pool, and whose server is asked now and then whether it is there.</summary>
    public static string OwnSession(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, KeepAlive = 10, Enlist = false }.ConnectionString;
}
