using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Routing;

namespace Portal.Changes;

/// <summary>
/// Tells what is frozen: in the frame of every page what is about everything and, where the address names a cluster, what is about that one;
/// with <see cref="Cluster"/> what is about that one alone, for a form in which a cluster is chosen.
/// </summary>
public sealed partial class FreezeBanner(NavigationManager navigation) : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private IReadOnlyList<Freeze> _freezes = [];
    private bool _isSignedIn;

    /// <summary>The chosen cluster. Default: the one that the page's address names.</summary>
    [Parameter]
    public Guid? Cluster { get; set; }

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = null!;

    [Inject]
    private Freezes Freezes { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        if ((await Authentication).User.Identity is not { IsAuthenticated: true })
        {
            return;
        }

        _isSignedIn = true;
        Freezes.Moved += OnMoved;
        navigation.LocationChanged += OnLocationChanged;
        Choose();
    }

    protected override void OnParametersSet() => Choose();

    private void Choose()
    {
        var here = Cluster is null ? ClusterOf(navigation.ToBaseRelativePath(navigation.Uri)) : null;
        _freezes = !_isSignedIn ? [] : [.. Freezes.Last.Where(freeze => freeze.ClusterId is { } cluster ? cluster == (Cluster ?? here) : Cluster is null)];
    }

    private static Guid? ClusterOf(string path) => path.Split('/', '?', '#') is ["clusters", var id, ..] && Guid.TryParse(id, out var cluster) ? cluster : null;

    private void OnMoved() => Draw();

    private void OnLocationChanged(object? sender, LocationChangedEventArgs change) => Draw();

    private void Draw() => _ = InvokeAsync(() =>
    {
        if (!_gone.IsCancellationRequested)
        {
            Choose();
            StateHasChanged();
        }
    });

    public void Dispose()
    {
        Freezes.Moved -= OnMoved;
        navigation.LocationChanged -= OnLocationChanged;
        _gone.Cancel();
        _gone.Dispose();
    }
}
