using System.Diagnostics;

namespace Portal.Testing;

/// <summary>Waits for something to become so, by a name and until a deadline.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    public static Task BecomesTrueAsync(string what, Func<bool> condition, TimeSpan deadline) =>
        BecomesTrueAsync(what, () => Task.FromResult(condition()), deadline);

    public static async Task BecomesTrueAsync(string what, Func<Task<bool>> condition, TimeSpan deadline)
    {
        var watch = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(Step);
        while (!await condition())
        {
            if (watch.Elapsed > deadline)
            {
                throw new TimeoutException($"Not so within {deadline.TotalSeconds} s: {what}.");
            }

            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }
}
