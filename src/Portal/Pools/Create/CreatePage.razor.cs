using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Portal.Access;
using Portal.Changes;
using Portal.Controls;

namespace Portal.Pools.Create;

/// <summary>A new pool: the form, and the page that says what will happen. Both live at one address, so that Back and reload lose nothing.</summary>
public sealed partial class CreatePage : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private CreateForm _form = new();
    private IReadOnlyList<FieldMistake> _mistakes = [];
    private IReadOnlyList<FieldError> _errors = [];
    private IReadOnlyList<ClusterChoice> _choices = [];
    private IReadOnlyList<string> _teams = [];
    private SessionKey _session;
    private string _personId = "";
    private ClusterInView? _cluster;
    private CheckedChange? _checked;
    private string? _trouble;
    private string? _lookedAgain;
    private bool _isLoaded;
    private bool _isBusy;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = null!;

    /// <summary>The check page is wanted.</summary>
    [SupplyParameterFromQuery(Name = "check")]
    private string? Check { get; set; }

    private bool IsCheckWanted => QueryValue.IsTrue(Check);

    /// <summary>A change whose values the form starts with.</summary>
    [SupplyParameterFromQuery(Name = "again")]
    private string? Again { get; set; }

    /// <summary>A cluster that the form starts with.</summary>
    [SupplyParameterFromQuery(Name = "cluster")]
    private string? FromCluster { get; set; }

    [Inject]
    private Sessions Sessions { get; set; } = null!;

    [Inject]
    private Teams Teams { get; set; } = null!;

    [Inject]
    private FormClusters Clusters { get; set; } = null!;

    [Inject]
    private CreatePreview Preview { get; set; } = null!;

    [Inject]
    private ChangeRequests Requests { get; set; } = null!;

    [Inject]
    private CreateDrafts Drafts { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private bool IsCheck => IsCheckWanted && _checked is not null;

    private bool NeedsReview => Preview.OfAll(_form, _cluster) is { NeedsReview: true };

    protected override async Task OnInitializedAsync()
    {
        _session = SessionKey.Of((await Authentication).User) ?? SessionKey.None;
        var read = await Sessions.ReadAsync(_session, _gone.Token);
        if (!read.TryGet(out var person, out var refusal))
        {
            _trouble = refusal.Message;
            return;
        }

        _personId = person.Id;
        var mine = Teams.Of(person);
        _teams = [.. mine.Select(team => team.Name)];
        _choices = await Clusters.ListAsync(mine, _gone.Token);
        _form = await Drafts.BeginAsync(_personId, QueryValue.Number(Again), QueryValue.Id(FromCluster), _gone.Token);
        if (_form.Team is null || !_teams.Contains(_form.Team, StringComparer.Ordinal))
        {
            _form.Team = _teams.Count == 1 ? _teams[0] : null;
        }

        await FollowAsync();
        _isLoaded = true;
    }

    protected override async Task OnParametersSetAsync()
    {
        if (!_isLoaded || !IsCheckWanted || _checked is not null)
        {
            return;
        }

        // The address says "check", but this circuit has not checked yet: a reload, or somebody went forward again.
        if (!await CheckAsync())
        {
            Navigation.NavigateTo("pools/new", replace: true);
        }
    }

    private async Task ChangedAsync(Action change)
    {
        change();
        _checked = null;
        await FollowAsync();
        await SaveAsync();
    }

    private async Task FollowAsync()
    {
        if (_form.ClusterId is var chosen && chosen != _cluster?.Facts.Id)
        {
            var found = await Clusters.FindAsync(chosen, _choices, _gone.Token);
            if (chosen != _form.ClusterId)
            {
                return; // Another one was chosen meanwhile, and is followed by itself.
            }

            _cluster = found;
        }

        _form.Follow(_cluster);
    }

    private async Task SaveAsync()
    {
        if (!await Drafts.TrySaveAsync(_personId, _form, _gone.Token))
        {
            _trouble = "What you typed cannot be kept at the moment: the portal's database does not take it. The form goes on; do not reload it.";
        }
    }

    private Task ContinueAsync() => OnceAsync(async () =>
    {
        _trouble = null;
        await ReadClusterAsync();
        if (await CheckAsync())
        {
            await SaveAsync();
            Navigation.NavigateTo("pools/new?check=true");
        }
    });

    private async Task<bool> CheckAsync()
    {
        var answer = await Requests.CheckAsync(_session, _form.ToRequest(), _gone.Token);
        if (answer.TryGet(out _checked, out var notTaken))
        {
            _mistakes = [];
            _errors = [];
            return true;
        }

        Refused(notTaken);
        return false;
    }

    private Task SubmitAsync() => OnceAsync(async () =>
    {
        var answer = await Requests.SubmitAsync(_session, _form.ToRequest(), _gone.Token);
        if (answer.TryGet(out var change, out var notTaken))
        {
            await Drafts.TryDiscardAsync(_personId, _gone.Token);
            Navigation.NavigateTo($"changes/{change.Id}", replace: true);
            return;
        }

        Refused(notTaken);
        _checked = null;
        Navigation.NavigateTo("pools/new", replace: true);
    });

    private void Refused(NotTaken notTaken)
    {
        _mistakes = notTaken.Mistakes;
        _trouble = notTaken.Message ?? _trouble;
        _errors = [.. _mistakes.Select(mistake => new FieldError(IdOf(mistake.Field), mistake.Message))];
    }

    /// <summary>What is typed stays; only the lists are read again.</summary>
    private Task LookAgainAsync() => OnceAsync(async () =>
    {
        _trouble = null;
        _lookedAgain = await ReadClusterAsync() ? $"Read again: {_cluster!.Facts.Databases.Count} databases, {_cluster.Facts.Users.Count} users." : null;
    });

    /// <summary>Whoever clicks a second time before the first click has ended has clicked once.</summary>
    private async Task OnceAsync(Func<Task> work)
    {
        if (_isBusy)
        {
            return;
        }

        _isBusy = true;
        try
        {
            await work();
        }
        finally
        {
            _isBusy = false;
        }
    }

    private async Task<bool> ReadClusterAsync()
    {
        if (_cluster is not { Facts: var known })
        {
            return false;
        }

        var (fresh, trouble) = await Clusters.ReadAsync(known, _gone.Token);
        _trouble = trouble ?? _trouble;
        if (fresh is null)
        {
            return false;
        }

        _cluster = fresh;
        _choices = [.. _choices.Select(choice => choice.Id == known.Id ? ClusterChoice.Of(fresh.Facts) : choice)];
        return true;
    }

    private void Name(string? text)
    {
        _form.Name = text;
        _form.IsNameTyped = !string.IsNullOrWhiteSpace(text);
    }

    /// <summary>The id of a field's control, which the error summary and the check page link to.</summary>
    internal static string IdOf(ChangeField field) => field.ToString().ToLowerInvariant();

    private string? MistakeIn(ChangeField field) => _mistakes.FirstOrDefault(mistake => mistake.Field == field)?.Message;

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }
}
