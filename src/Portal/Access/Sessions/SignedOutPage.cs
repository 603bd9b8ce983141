using Microsoft.AspNetCore.Components;

namespace Portal.Access;

/// <summary>How an open page leaves when its session is over.</summary>
internal static class SignedOutPage
{
    /// <remarks>By a real request, so that nothing of the page, and of what it showed, stays.</remarks>
    public static void LeaveToSignedOut(this NavigationManager navigation) => navigation.NavigateTo(
        ReturnAddress.InPage(SignInFailures.SignedOut(SignInFailures.SessionEnded, "/" + navigation.ToBaseRelativePath(navigation.Uri))),
        forceLoad: true);
}
