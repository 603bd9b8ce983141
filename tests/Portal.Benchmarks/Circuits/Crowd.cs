using System.Collections.Concurrent;
using System.Diagnostics;
using Portal.Benchmarks.Results;

namespace Portal.Benchmarks.Circuits;

/// <summary>Many open pages, which click now and then.</summary>
internal sealed class Crowd : IAsyncDisposable
{
    private const int OpenedAtOnce = 12;

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan BetweenPings = TimeSpan.FromSeconds(10);

    private readonly List<Circuit> _circuits = [];
    private readonly CancellationTokenSource _gone = new();
    private readonly Task _pinging;

    public Crowd() => _pinging = PingAsync();

    public int Count => Alive.Count();

    public IReadOnlyList<Circuit> Circuits
    {
        get
        {
            lock (_circuits)
            {
                return [.. _circuits];
            }
        }
    }

    private IEnumerable<Circuit> Alive => Circuits.Where(circuit => circuit.Failure is null);

    /// <summary>Opens so many more, spread over these visitors.</summary>
    public async Task OpenAsync(IReadOnlyList<Visitor> visitors, int count, string page, Aim aim, CancellationToken cancellationToken)
    {
        await Parallel.ForAsync(
            0,
            count,
            new ParallelOptions { MaxDegreeOfParallelism = OpenedAtOnce, CancellationToken = cancellationToken },
            async (number, token) =>
            {
                var circuit = await Circuit.OpenAsync(visitors[number % visitors.Count], page, aim, token);
                lock (_circuits)
                {
                    _circuits.Add(circuit);
                }
            });
    }

    /// <summary>Each page clicks once in <paramref name="think"/>, evenly spread; one whose last click is not answered yet waits a round.</summary>
    public async Task<Clicks> ClickAsync(TimeSpan think, TimeSpan duration, CancellationToken cancellationToken)
    {
        var circuits = Alive.ToList();
        var answered = new ConcurrentQueue<double>();
        var (sent, missed) = (0, 0);
        var began = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(Step);
        for (var due = 0L; await timer.WaitForNextTickAsync(cancellationToken);)
        {
            var elapsed = Stopwatch.GetElapsedTime(began);
            if (elapsed >= duration)
            {
                break;
            }

            // So many clicks should have been made by now.
            for (var wanted = (long)(elapsed / think * circuits.Count); due < wanted; due++)
            {
                var circuit = circuits[(int)(due % circuits.Count)];
                if (circuit.Failure is not null || circuit.IsWaiting)
                {
                    missed++;
                    continue;
                }

                sent++;
                await circuit.ClickAsync(took => answered.Enqueue(took.TotalMilliseconds), cancellationToken);
            }
        }

        // The last ones get as long as the longest wait that would still be told of.
        var until = Stopwatch.GetTimestamp();
        while (answered.Count < sent && Stopwatch.GetElapsedTime(until) < think && await timer.WaitForNextTickAsync(cancellationToken))
        {
            // They come by themselves.
        }

        return new Clicks([.. answered], sent - answered.Count + missed, circuits.Count(circuit => circuit.Failure is not null), duration);
    }

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        await _pinging;
        await Parallel.ForEachAsync(Circuits, (circuit, _) => circuit.DisposeAsync());
        _gone.Dispose();
    }

    private async Task PingAsync()
    {
        using var timer = new PeriodicTimer(BetweenPings);
        try
        {
            while (await timer.WaitForNextTickAsync(_gone.Token))
            {
                foreach (var circuit in Alive)
                {
                    try
                    {
                        await circuit.PingAsync(_gone.Token);
                    }
                    catch (System.Net.WebSockets.WebSocketException)
                    {
                        // Its own reading says why it is gone.
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Everybody goes.
        }
    }
}

/// <summary>What came of clicks.</summary>
/// <param name="Milliseconds">From each click to the next drawing.</param>
/// <param name="Unanswered">Clicks without one, and those that were not made because of it.</param>
/// <param name="Broken">Pages that were lost.</param>
internal sealed record Clicks(IReadOnlyList<double> Milliseconds, int Unanswered, int Broken, TimeSpan During)
{
    public double PerSecond => Milliseconds.Count / During.TotalSeconds;

    /// <summary>A click without an answer counts as one that took for ever.</summary>
    public double Percentile(double percent) =>
        new Samples([.. Milliseconds, .. Enumerable.Repeat(double.PositiveInfinity, Unanswered)]).Percentile(percent);
}
