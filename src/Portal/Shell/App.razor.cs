using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;

namespace Portal.Shell;

/// <summary>The document. Pages are interactive from one root, but those marked [ExcludeFromInteractiveRouting], which need no circuit and no script of Blazor.</summary>
public sealed partial class App
{
    private static readonly IComponentRenderMode Interactive = new InteractiveServerRenderMode();

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    private bool IsInteractive => Context.AcceptsInteractiveRouting();

    private IComponentRenderMode? Mode => IsInteractive ? Interactive : null;

    private Dictionary<string, object> Nonce => new(StringComparer.Ordinal) { ["nonce"] = ScriptNonce.Of(Context).Value };
}
