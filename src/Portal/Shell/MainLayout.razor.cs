using Microsoft.AspNetCore.Components;

namespace Portal.Shell;

public sealed partial class MainLayout(NavigationManager navigation)
{
    private PageErrors? _errors;

    private string ContentAddress => $"{navigation.Uri.Split('#')[0]}#content";

    // Another page has another body: what was wrong with the last one is over.
    protected override void OnParametersSet() => _errors?.Recover();
}
