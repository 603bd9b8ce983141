using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Portal.Access;
using Portal.Changes;

namespace Portal.Pools.Fields;

/// <summary>What the policy says of a form, and who decides.</summary>
public sealed partial class Verdict : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private string? _askedTeam;
    private string? _whoIsAsked;

    /// <summary>Null while there is nothing to say yet.</summary>
    [Parameter, EditorRequired]
    public Decision? Decision { get; set; }

    /// <summary>The team in whose name it is asked for.</summary>
    [Parameter, EditorRequired]
    public string? Team { get; set; }

    /// <summary>What happens when the rules allow it: "Created at once".</summary>
    [Parameter]
    public string AtOnce { get; set; } = "Done at once";

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = null!;

    [Inject]
    private People People { get; set; } = null!;

    protected override async Task OnParametersSetAsync()
    {
        if (Decision is { NeedsReview: true } && Team is { } team && team != _askedTeam)
        {
            _askedTeam = team;
            var me = (await Authentication).User.FindFirst(SessionPrincipal.PersonClaim)?.Value ?? "";
            _whoIsAsked = (await People.DecidersAsync(team, me, _gone.Token)).Sentence(team);
        }
    }

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }
}
