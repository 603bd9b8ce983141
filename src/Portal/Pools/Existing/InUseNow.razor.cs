using Microsoft.AspNetCore.Components;
using Portal.Connections.Probing;

namespace Portal.Pools.Existing;

/// <summary>How much of a pool is in use at this moment, else as it was last seen: for who is about to change or delete it.</summary>
public sealed partial class InUseNow
{
    // Cascading, because a parameter would have to be public, and the page's state is the room's own.
    [CascadingParameter]
    private PoolFormPage Page { get; set; } = null!;

    [Inject]
    private PoolInUse InUse { get; set; } = null!;

    private InUse? _use;
    private bool _isLooking = true;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        try
        {
            _use = await InUse.SeeAsync(Page.Session, Page.ClusterId, Page.Name, Page.Gone)
                ?? await InUse.LastAsync(Page.ClusterId, Page.Name, Page.Gone);
            _isLooking = false;
            StateHasChanged();
        }
        catch (OperationCanceledException)
        {
            // The page was closed while it was looking.
        }
    }
}
