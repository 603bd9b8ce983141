using Microsoft.AspNetCore.Components;

namespace Portal.Changes;

/// <summary>On the page of a change that is approved: why it does not begin while changes are frozen.</summary>
public sealed partial class FrozenChange : IDisposable
{
    private Freeze? _freeze;
    private bool _isGone;

    [Parameter, EditorRequired]
    public PoolChange Change { get; set; } = null!;

    [Inject]
    private Freezes Freezes { get; set; } = null!;

    protected override void OnInitialized() => Freezes.Moved += OnMoved;

    protected override void OnParametersSet() => Look();

    private void Look() => _freeze = Change.State is ChangeState.Approved ? Freezes.Of(Freezes.Last, Change.ClusterId) : null;

    private void OnMoved() => _ = InvokeAsync(() =>
    {
        if (!_isGone)
        {
            Look();
            StateHasChanged();
        }
    });

    public void Dispose()
    {
        _isGone = true;
        Freezes.Moved -= OnMoved;
    }
}
