using System.Security.Cryptography;
using Microsoft.AspNetCore.Components;

namespace Portal.Shell;

/// <summary>Catches what a page throws, so that the frame around it lives on, and gives it a reference that the log has too.</summary>
public sealed partial class PageErrors(ILogger<PageErrors> logger, NavigationManager navigation)
{
    private string _reference = "";

    private string Address => navigation.Uri;

    protected override Task OnErrorAsync(Exception exception)
    {
        _reference = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));
        logger.PageStopped(exception, new Uri(navigation.Uri).AbsolutePath, _reference);
        return Task.CompletedTask;
    }

    private void Reload() => navigation.NavigateTo(navigation.Uri, forceLoad: true);
}
