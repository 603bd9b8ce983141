using Microsoft.AspNetCore.Components;

namespace Portal.Pools.Existing;

/// <summary>Whether it is to be done before a lead has decided.</summary>
public sealed partial class UrgentField
{
    // Cascading, because a parameter would have to be public, and the page's state is the room's own.
    [CascadingParameter]
    private PoolFormPage Page { get; set; } = null!;

    private EventCallback<ChangeEventArgs> OnChosen =>
        EventCallback.Factory.Create<ChangeEventArgs>(Page, chosen => Page.ChangedAsync(() => Page.Form.IsUrgent = chosen.Value is true));
}
