using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Portal.Access;
using Portal.Audit;

namespace Portal.Records;

/// <summary>What can be said for the record as a whole, and a button to say it anew.</summary>
public sealed partial class ProofPanel(TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _gone = new();
    private SessionKey _session;
    private RecordProof? _proof;
    private Refusal? _refusal;
    private string? _outcome;
    private bool _isBusy;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = null!;

    [Inject]
    private RecordDesk Desk { get; set; } = null!;

    private string Rows => _proof is { Removal: { } removal } proof
        ? $"{proof.Last - proof.First + 1:N0}, from {proof.First} to {proof.Last}; those up to {removal.Through} were taken out by {removal.ByName}"
        : $"{_proof!.Last:N0}";

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _session = SessionKey.Of((await Authentication).User) ?? SessionKey.None;
        await LoadAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // Right after the start of the portal the first verification may still run.
        if (_proof is { Verdict: null })
        {
            await Task.Delay(LookAgain, clock, _gone.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            await LoadAsync();
            StateHasChanged();
        }
    }

    private async Task LoadAsync()
    {
        try
        {
            _ = (await Desk.ProofAsync(_session, _gone.Token)).TryGet(out _proof, out _refusal);
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // The page is gone, and nobody waits for this any more.
        }
    }

    /// <summary>Whoever clicks a second time before the first click has ended has clicked once.</summary>
    private async Task VerifyAsync()
    {
        if (_isBusy)
        {
            return;
        }

        _isBusy = true;
        // Emptied first: the same words a second time would not be spoken.
        _outcome = null;
        try
        {
            _outcome = (await Desk.VerifyAsync(_session, _gone.Token)).Match(Words, refusal => refusal.Message);
            await LoadAsync();
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // The page was left meanwhile.
        }
        finally
        {
            _isBusy = false;
        }
    }

    private static string Words(RecordVerdict verdict) => verdict.Report switch
    {
        { FirstFinding: { } finding } => finding.Words,
        { Rows: 0 } => "There is no row yet.",
        var report => $"{RecordReport.Range(report.First, report.Last)}: whole.",
    };

    private static string Sentence(string words) => $"{char.ToUpperInvariant(words[0])}{words[1..].TrimEnd('.')}.";
}
