using Microsoft.AspNetCore.Components;
using Portal.Access;

namespace Portal.Shell;

/// <summary>Leaves an open page whose session is gone. Not straight to the sign-in: single sign-on would let whoever sits there in again.</summary>
public sealed class SignInAgain(NavigationManager navigation) : ComponentBase
{
    protected override void OnInitialized() => navigation.LeaveToSignedOut();
}
