using System.Globalization;
using Portal.Changes;
using Portal.DigitalOcean;
using Portal.Inventory;
using Portal.Storage;

namespace Portal.Commands;

/// <summary>Makes, reads, changes and deletes one pool, and takes it away again whatever comes between.</summary>
/// <remarks>
/// A POST, PUT or DELETE that is out is waited for, also after Ctrl+C: only its answer tells whether there is something to take away. None is
/// repeated; the deletion of what was left behind is sent again only to a pool of that name that was read just before.
/// </remarks>
/// <param name="pause">Between two readings.</param>
internal sealed class PoolTrial(DigitalOceanClient api, TrialRecord record, TextWriter output, TimeProvider clock, TimeSpan pause)
{
    private const int MostReadings = 5;

    private static readonly TimeSpan CleansUpWithin = TimeSpan.FromSeconds(100);

    private readonly TrialTable _table = new(output);
    private bool _mayBeThere;

    /// <returns>Whether every answer was the expected one and nothing is left.</returns>
    public async Task<bool> RunAsync(TrialPool pool, CancellationToken cancellationToken)
    {
        var isDone = false;
        try
        {
            isDone = await GoThroughAsync(pool, cancellationToken);
        }
        catch (FrozenException frozen)
        {
            await output.WriteLineAsync($"{frozen.Message} Nothing more is sent.");
        }
        catch (Exception exception) when (Database.IsTrouble(exception))
        {
            await output.WriteLineAsync("The portal's database takes no row, so nothing more is sent.");
        }
        finally
        {
            isDone &= await CleanUpAsync(pool);
        }

        await output.WriteLineAsync(_table.Differences == 0 ? "No answer was other than expected." : $"{_table.Differences} answers were other than expected.");
        return isDone && _table.Differences == 0;
    }

    private async Task<bool> GoThroughAsync(TrialPool pool, CancellationToken cancellationToken)
    {
        if (!await IsAbsentAsync("is the name free", pool, cancellationToken)
            || !await CreateAsync(pool, cancellationToken)
            || !await ReadAsync("read it", pool, pool.First, cancellationToken)
            || !await UpdateAsync("set its size to 2", pool, pool.Larger, cancellationToken)
            || !await ReadAsync("read it", pool, pool.Larger, cancellationToken)
            || !await UpdateAsync("set its mode to session", pool, pool.OtherMode, cancellationToken)
            || !await ReadAsync("read it", pool, pool.OtherMode, cancellationToken)
            || !await DeleteAsync("delete it", pool, cancellationToken)
            || !await IsAbsentAsync("is it gone", pool, cancellationToken))
        {
            return false;
        }

        _mayBeThere = false;
        return true;
    }

    private async Task<bool> CreateAsync(TrialPool pool, CancellationToken cancellationToken)
    {
        const string Step = "make it";
        CallNotes.Begin();
        await record.AskedAsync(pool, Step, cancellationToken);
        _mayBeThere = true;
        var answer = await api.CreatePoolAsync(pool.Cluster.Id, new NewPool(pool.Name, pool.First), CancellationToken.None);
        var words = answer.Match(created => $"{Status()}; {TrialWords.Of(created.Pool)}", TrialWords.Of);
        var isCreated = answer.TryGet(out _, out var failure);
        _mayBeThere = failure?.IsCertainlyNotExecuted is not true;
        await _table.SayAsync(Step, words, $"201; {TrialWords.Expected(pool, pool.First)}", failure is null ? null : TrialWords.Beside(failure));
        await record.AnsweredAsync(pool, Step, words);
        return isCreated;
    }

    private Task<bool> UpdateAsync(string step, TrialPool pool, PoolFields fields, CancellationToken cancellationToken) =>
        SendAsync(step, pool, () => api.UpdatePoolAsync(pool.Cluster.Id, pool.Name, fields, CancellationToken.None), cancellationToken);

    private Task<bool> DeleteAsync(string step, TrialPool pool, CancellationToken cancellationToken) =>
        SendAsync(step, pool, () => api.DeletePoolAsync(pool.Cluster.Id, pool.Name, CancellationToken.None), cancellationToken);

    private async Task<bool> SendAsync(string step, TrialPool pool, Func<Task<Result<Accepted, ApiFailure>>> send, CancellationToken cancellationToken)
    {
        CallNotes.Begin();
        await record.AskedAsync(pool, step, cancellationToken);
        var answer = await send();
        var words = answer.Match(_ => Status(), TrialWords.Of);
        var isTaken = answer.TryGet(out _, out var failure);
        await _table.SayAsync(step, words, "204", failure is null ? null : TrialWords.Beside(failure));
        await record.AnsweredAsync(pool, step, words);
        return isTaken;
    }

    /// <summary>Reads until the pool is as it should be: how long that takes is one of the things to learn.</summary>
    private async Task<bool> ReadAsync(string step, TrialPool pool, PoolFields fields, CancellationToken cancellationToken)
    {
        for (var reading = 1; ; reading++)
        {
            var answer = await api.GetPoolAsync(pool.Cluster.Id, pool.Name, cancellationToken);
            var isThere = answer.TryGet(out var read, out var failure);
            if (read?.Fields == fields || reading == MostReadings)
            {
                await _table.SayAsync(step, read is null ? TrialWords.Of(failure!) : TrialWords.Of(read), TrialWords.Expected(pool, fields), Readings(reading, failure));
                return isThere;
            }

            await Task.Delay(pause, clock, cancellationToken);
        }
    }

    private async Task<bool> IsAbsentAsync(string step, TrialPool pool, CancellationToken cancellationToken)
    {
        for (var reading = 1; ; reading++)
        {
            var answer = await api.GetPoolAsync(pool.Cluster.Id, pool.Name, cancellationToken);
            _ = answer.TryGet(out var read, out var failure);
            if (failure?.IsCertainlyAbsent is true || reading == MostReadings)
            {
                return await _table.SayAsync(step, read is null ? TrialWords.Of(failure!) : TrialWords.Of(read), TrialWords.Absent, Readings(reading, failure));
            }

            await Task.Delay(pause, clock, cancellationToken);
        }
    }

    /// <returns>Whether nothing is left.</returns>
    private async Task<bool> CleanUpAsync(TrialPool pool)
    {
        if (!_mayBeThere)
        {
            return true;
        }

        using var limit = new CancellationTokenSource(CleansUpWithin, clock);
        var isGone = false;
        try
        {
            isGone = await TakeAwayAsync(pool, limit.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or FrozenException || Database.IsTrouble(exception))
        {
            await output.WriteLineAsync($"Taking it away did not end: {(exception is FrozenException ? exception.Message : exception.GetType().Name)}");
        }

        await output.WriteLineAsync(isGone
            ? $"The pool {pool.Name} is not on {pool.Cluster.Name} any more."
            : $"The pool {pool.Name} may still be on {pool.Cluster.Name}. Look, and delete it: doctl databases pool delete {pool.Cluster.Id} {pool.Name}");
        return isGone;
    }

    private async Task<bool> TakeAwayAsync(TrialPool pool, CancellationToken cancellationToken)
    {
        // A call that had no answer may yet be carried out, so that one reading without the pool is not enough.
        var absences = 0;
        for (var reading = 1; reading <= MostReadings && absences < 2; reading++)
        {
            if (reading > 1)
            {
                await Task.Delay(pause, clock, cancellationToken);
            }

            if ((await api.GetPoolAsync(pool.Cluster.Id, pool.Name, cancellationToken)).TryGet(out _, out var failure))
            {
                absences = 0;
                await DeleteAsync("take it away", pool, cancellationToken);
            }
            else
            {
                absences += failure.IsCertainlyAbsent ? 1 : 0;
            }
        }

        return absences == 2;
    }

    private static string Status() => CallNotes.LastStatus?.ToString(CultureInfo.InvariantCulture) ?? "no status";

    private static string? Readings(int count, ApiFailure? failure) => (count, failure is { IsCertainlyAbsent: false } ? TrialWords.Beside(failure) : null) switch
    {
        (1, var words) => words,
        (_, null) => string.Create(CultureInfo.InvariantCulture, $"at reading {count}"),
        var (_, words) => string.Create(CultureInfo.InvariantCulture, $"at reading {count}; {words}"),
    };
}
