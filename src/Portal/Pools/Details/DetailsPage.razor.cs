using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Portal.Access;
using Portal.Changes;
using Portal.Inventory;
using Portal.Pools.Existing;

namespace Portal.Pools.Details;

/// <summary>One pool, read live: whose it is, its connection, its history, and what can be done with it.</summary>
public sealed partial class DetailsPage : IDisposable
{
    private const int LongestHistory = 20;

    private readonly CancellationTokenSource _gone = new();
    private SessionKey _session;
    private PoolView? _view;
    private Refusal? _refusal;
    private PoolChange? _atWork;
    private IReadOnlyList<PoolChange> _history = [];
    private string? _whyNothing;

    /// <summary>The cluster's id.</summary>
    [Parameter]
    public Guid ClusterId { get; set; }

    /// <summary>The pool's name.</summary>
    [Parameter]
    public string Name { get; set; } = "";

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = null!;

    [Inject]
    private PoolDesk Desk { get; set; } = null!;

    [Inject]
    private ChangeQueries Changes { get; set; } = null!;

    [Inject]
    private ChangeFeed Feed { get; set; } = null!;

    private string Heading => _view switch
    {
        { Cluster: null } => "There is no such cluster",
        { Pool: null } => $"{Name} is not on {_view.Cluster.Name}",
        _ => Name,
    };

    private string? Intro => _view is { Pool: not null, Cluster: { } cluster } ? $"on {cluster.Name}" : null;

    private IEnumerable<(string Text, string Address, string Hint)> Actions
    {
        get
        {
            if (May(ChangeKind.Resize))
            {
                yield return ("Change size", Below("resize"), "The connection stays the same.");
            }

            if (May(ChangeKind.Edit))
            {
                yield return ("Edit", Below("edit"), "Mode, database or database user. Can break what connects now.");
            }

            yield return ("What is wrong?", $"diagnose?cluster={ClusterId:D}&pool={Uri.EscapeDataString(Name)}", "Paste an error message or a connection string.");
            if (May(ChangeKind.ResetPassword))
            {
                yield return ("Leaked?", Below("password"), $"A new password for {_view!.Pool!.User}, and who had the old one.");
            }

            if (May(ChangeKind.Delete))
            {
                yield return ("Delete", Below("delete"), "Every app that uses it fails at its next connection.");
            }
        }
    }

    protected override async Task OnParametersSetAsync()
    {
        _session = SessionKey.Of((await Authentication).User) ?? SessionKey.None;
        Feed.Moved -= OnMoved;
        Feed.Moved += OnMoved;
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        // A page that is sent twice would ask DigitalOcean twice.
        var opened = RendererInfo.IsInteractive
            ? await Desk.OpenAsync(_session, ClusterId, Name, _gone.Token)
            : await Desk.RecallAsync(_session, ClusterId, Name, _gone.Token);
        _ = opened.TryGet(out _view, out _refusal);
        await ReadHistoryAsync();
        _whyNothing = _view?.Pool is null || May(ChangeKind.Resize) ? null : _view.WhyNot(ChangeKind.Resize, Desk.Rules)?.Message;
    }

    private async Task ReadHistoryAsync()
    {
        _history = await Changes.OfPoolAsync(ClusterId, Name, LongestHistory, _gone.Token);
        _atWork = _history.FirstOrDefault(change => ChangeStates.Active.Contains(change.State));
    }

    private bool May(ChangeKind kind) => _view?.May(kind, Desk.Rules) is true;

    private string Below(string page) => $"{PoolAddresses.Of(ClusterId, Name)}/{page}";

    private void OnMoved(long change) => _ = InvokeAsync(async () =>
    {
        try
        {
            var before = _atWork?.Id;
            await ReadHistoryAsync();
            if (before is not null && _atWork?.Id != before)
            {
                await LoadAsync();
            }

            StateHasChanged();
        }
        catch (OperationCanceledException)
        {
            // The page was closed while it was reading.
        }
    });

    public void Dispose()
    {
        Feed.Moved -= OnMoved;
        _gone.Cancel();
        _gone.Dispose();
    }
}
