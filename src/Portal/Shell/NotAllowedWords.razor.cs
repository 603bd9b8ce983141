using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Portal.Access;

namespace Portal.Shell;

/// <summary>Says why a door stays closed, and who can open it.</summary>
public sealed partial class NotAllowedWords(NavigationManager navigation)
{
    private static readonly string NoRole = SignInFailures.Code(SignInFailure.NoRole);

    private Account? _account;

    /// <summary>What was asked for. Default: the page that is open.</summary>
    [Parameter]
    public string? Path { get; set; }

    /// <summary>The code of a refused sign-in.</summary>
    [Parameter]
    public string? Reason { get; set; }

    [CascadingParameter]
    private Task<AuthenticationState>? State { get; set; }

    private string WhoCan
    {
        get
        {
            var path = (Path?.TrimStart('/') ?? navigation.ToBaseRelativePath(navigation.Uri)).Split('?', '#')[0];
            return Navigation.Find(path) is { } item
                ? $"{item.Text} can be opened by: {string.Join(", ", item.Roles.Select(role => Account.NameOf(role).ToLowerInvariant()))}."
                : "A lead of the team that owns it, or an admin, can help.";
        }
    }

    protected override async Task OnInitializedAsync()
    {
        if (State is not null && (await State).User is { Identity.IsAuthenticated: true } user)
        {
            _account = Account.Of(user);
        }
    }
}
