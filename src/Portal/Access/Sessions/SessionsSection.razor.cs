using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace Portal.Access;

/// <summary>The list of open sessions; an admin ends them, an auditor sees them.</summary>
public sealed partial class SessionsSection : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private ElementReference _heading;
    private SessionKey _session;
    private SessionPage? _page;
    private Refusal? _refusal;
    private OpenSession? _asked;
    private bool _isAll;
    private string? _search;
    private string? _said;
    private bool _isBusy;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = null!;

    [Inject]
    private SessionDesk Desk { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        _session = SessionKey.Of((await Authentication).User) ?? SessionKey.None;
        await TurnAsync(1);
    }

    private static string RolesOf(Person person) => string.Join(", ", person.Roles.Order().Select(role => role switch
    {
        Role.TeamLead => "Team lead",
        _ => role.ToString(),
    }));

    private Task SearchAsync(string? words)
    {
        _search = words;
        return TurnAsync(1);
    }

    private async Task TurnAsync(int number)
    {
        _asked = null;
        (await Desk.ListAsync(_session, _search, number, _gone.Token)).TryGet(out _page, out _refusal);
    }

    private bool IsAsked(OpenSession open) => _asked is not null && _asked.KeyHash.AsSpan().SequenceEqual(open.KeyHash);

    private void Ask(OpenSession open, bool isAll)
    {
        _asked = open;
        _isAll = isAll;
    }

    private string Question(OpenSession open) => (_isAll, open.IsOwn) switch
    {
        (true, _) => $"End all {open.OfPerson} sessions of {open.Person.Name}?",
        (false, true) => "This is your own: you will be signed out.",
        _ => $"End this session of {open.Person.Name}?",
    };

    private async Task EndAsync()
    {
        if (_isBusy || _asked is not { } asked)
        {
            return;
        }

        _isBusy = true;
        try
        {
            var answer = _isAll ? await Desk.EndAllAsync(_session, asked.Person.Id, _gone.Token) : await Desk.EndAsync(_session, asked.KeyHash, _gone.Token);
            var isDone = answer.TryGet(out var ended, out var refusal);
            await TurnAsync(_page?.Number ?? 1);
            _refusal ??= refusal;
            _said = (isDone, ended) switch
            {
                (false, _) => null,
                (_, 0) => $"Nothing was ended: {asked.Person.Name} was signed out already.",
                (_, 1) => $"Ended: one session of {asked.Person.Name}.",
                _ => $"Ended: {ended} sessions of {asked.Person.Name}.",
            };
            await _heading.FocusAsync();
        }
        finally
        {
            _isBusy = false;
        }
    }

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }
}
