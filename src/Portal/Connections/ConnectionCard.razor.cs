using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Portal.Access;
using Portal.Controls;
using Portal.DigitalOcean;

namespace Portal.Connections;

/// <summary>The connection of one pool, for the page of a pool and of a change.</summary>
public sealed partial class ConnectionCard : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private readonly string _id = Guid.NewGuid().ToString("N")[..8];
    private (Guid Cluster, string Pool)? _asked;
    private bool _isLoading = true;
    private ConnectionFacts? _facts;
    private NotHandedOut? _trouble;
    private Func<ConnectionChoice, Task>? _remember;

    [Parameter]
    [EditorRequired]
    public Guid Cluster { get; set; }

    /// <summary>The pool's name.</summary>
    [Parameter]
    [EditorRequired]
    public string Pool { get; set; } = "";

    [CascadingParameter]
    private Task<AuthenticationState>? Authentication { get; set; }

    [Inject]
    private ConnectionDesk Desk { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private string TitleId => $"connection-{_id}";

    private string SignInAddress => $"sign-in?returnUrl={Uri.EscapeDataString($"/{Navigation.ToBaseRelativePath(Navigation.Uri)}")}";

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override void OnInitialized() => _remember = RememberAsync;

    protected override async Task OnParametersSetAsync()
    {
        // In the prerender only the skeleton: a page that is sent twice would ask DigitalOcean twice.
        if (RendererInfo.IsInteractive && _asked != (Cluster, Pool))
        {
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        var asked = (Cluster, Pool);
        _asked = asked;
        _isLoading = true;
        try
        {
            var answer = await DescribeAsync(_leaving.Token);
            if (_asked == asked)
            {
                _ = answer.TryGet(out _facts, out _trouble);
                _isLoading = false;
            }
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            // The page is gone, and nobody waits for this any more.
        }
    }

    private async Task<Result<ConnectionFacts, NotHandedOut>> DescribeAsync(CancellationToken cancellationToken)
    {
        var state = Authentication is null ? null : await Authentication;
        return SessionKey.Of(state?.User) is { } session
            ? await Desk.DescribeAsync(session, Cluster, Pool, cancellationToken)
            : NotHandedOut.Ended(Refusal.SessionEnded);
    }

    private async Task RememberAsync(ConnectionChoice choice)
    {
        var state = Authentication is null ? null : await Authentication;
        if (SessionKey.Of(state?.User) is { } session)
        {
            await Desk.RememberAsync(session, choice, _leaving.Token);
        }
    }

    private static NoticeKind TroubleKind(NotHandedOut trouble) => trouble.Kind switch
    {
        NotHandedOutKind.SessionEnded or NotHandedOutKind.Gone => NoticeKind.Warning,
        _ => NoticeKind.Error,
    };

    private static IEnumerable<(string Name, string Value)> Rows(ConnectionFacts facts)
    {
        yield return ("Cluster", facts.ClusterName);
        yield return ("Mode", facts.Pool.Mode?.ToString() ?? facts.Pool.ModeText);
        yield return ("Pool size", string.Create(CultureInfo.InvariantCulture, $"{facts.Pool.Size} server connections"));
        yield return ("Database", facts.Pool.Database);
        yield return ("Database user", facts.Pool.User ?? "inbound user: whoever connects");
    }
}
