using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace Portal.Access;

/// <summary>Draws nothing. Takes an open page to <c>/signed-out</c> when its session is found to have ended; belongs into the frame of every page.</summary>
public sealed class LeaveWhenSessionEnds(AuthenticationStateProvider authentication, NavigationManager navigation) : ComponentBase, IDisposable
{
    protected override void OnInitialized() => authentication.AuthenticationStateChanged += Look;

    public void Dispose() => authentication.AuthenticationStateChanged -= Look;

    private void Look(Task<AuthenticationState> changed) => _ = InvokeAsync(async () =>
    {
        if ((await changed).User.Identity is not { IsAuthenticated: true })
        {
            navigation.LeaveToSignedOut();
        }
    });
}
