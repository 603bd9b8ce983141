using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace Portal.Access;

/// <summary>In how many browsers one is signed in, and the way out of those that were left open.</summary>
public sealed partial class SignInsPage : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private SessionKey _session;
    private IReadOnlyList<OpenSession>? _open;
    private Refusal? _refusal;
    private string? _said;
    private bool _isBusy;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = null!;

    [Inject]
    private OwnSessions Own { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        _session = SessionKey.Of((await Authentication).User) ?? SessionKey.None;
        await ReadAsync();
    }

    private async Task ReadAsync() => (await Own.ListAsync(_session, _gone.Token)).TryGet(out _open, out _refusal);

    private async Task EndAsync(OpenSession? which)
    {
        if (_isBusy)
        {
            return;
        }

        _isBusy = true;
        try
        {
            var isDone = (await Own.EndElsewhereAsync(_session, which?.KeyHash, _gone.Token)).TryGet(out var ended, out var refusal);
            await ReadAsync();
            _refusal ??= refusal;
            _said = (isDone, ended) switch
            {
                (false, _) => null,
                (_, 0) => "Nothing was ended: it was over already.",
                (_, 1) => "Ended: one sign-in.",
                _ => $"Ended: {ended} sign-ins.",
            };
        }
        finally
        {
            _isBusy = false;
        }
    }

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }
}
