using Microsoft.AspNetCore.Components;

namespace Portal.Connections.Probing;

/// <summary>The button, the test while it runs, and what it found; before the first one, what is kept of an earlier one.</summary>
public sealed partial class PoolTestRun : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private readonly string _userId = $"pool-test-user-{Guid.NewGuid().ToString("N")[..8]}";
    private bool _isRunning;
    private string? _chosen;
    private string _status = "";
    private NotHandedOut? _trouble;
    private ProbeReport? _report;
    private DateTimeOffset _testedAt;

    [CascadingParameter]
    private PoolTestFacts Facts { get; set; } = null!;

    [CascadingParameter]
    private PoolTester Tester { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private string ButtonText => _isRunning ? "Testing…" : _report is null ? "Test this pool" : "Test again";

    private string? ConnectAs => Facts.IsInbound ? _chosen ?? (Facts.Choices is [var first, ..] ? first : null) : null;

    private InUse? Use => _report?.InUse ?? PoolInUse.Of(Facts.Last);

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    private async Task TestAsync()
    {
        if (_isRunning)
        {
            return;
        }

        _isRunning = true;
        _trouble = null;
        _status = "Testing the pool. This takes some seconds when something does not answer.";
        try
        {
            var answer = await Tester.TestAsync(ConnectAs, _leaving.Token);
            if (answer.TryGet(out var report, out _trouble))
            {
                (_report, _testedAt, _status) = (report, Clock.GetUtcNow(), report.Spoken);
            }
            else
            {
                // What went wrong is in a notice that speaks for itself.
                _status = "";
            }
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            // The page is gone; the record says so.
        }
        finally
        {
            _isRunning = false;
        }
    }

    // The rights are checked where the test is made; the list is only what may be chosen.
    private void ChooseUser(ChangeEventArgs change) => _chosen = Facts.Choices.FirstOrDefault(user => user == change.Value as string) ?? _chosen;
}
