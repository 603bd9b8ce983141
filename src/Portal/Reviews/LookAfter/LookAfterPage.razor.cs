using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Portal.Access;
using Portal.Changes;
using Portal.Controls;
using Portal.DigitalOcean;
using Portal.Inventory;

namespace Portal.Reviews.LookAfter;

/// <summary>The pools of a lead's teams: what there is to know about each, and what is done with many at once.</summary>
/// <remarks>What is done with the chosen pools is a page of its own at the same address, so that Back leads to the list, and what is chosen stays chosen.</remarks>
public sealed partial class LookAfterPage : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private readonly Dictionary<PoolKey, CareRow> _chosen = [];
    private SessionKey _session;
    private CareView? _view;
    private CareDraft _draft = new();
    private CareChoices _choices = new([], []);
    private IReadOnlyList<FieldError> _errors = [];
    private IReadOnlyList<(ChosenPool Pool, CareOutcome Outcome)>? _outcomes;
    private string? _trouble;
    private bool _isBusy;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "show")]
    private string? Show { get; set; }

    [SupplyParameterFromQuery(Name = "team")]
    private string? Team { get; set; }

    [SupplyParameterFromQuery(Name = "q")]
    private string? Search { get; set; }

    [SupplyParameterFromQuery(Name = "sort")]
    private string? Sort { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    private string? Number { get; set; }

    [SupplyParameterFromQuery(Name = "do")]
    private string? Do { get; set; }

    [Inject]
    private CareList List { get; set; } = null!;

    [Inject]
    private PoolCare Care { get; set; } = null!;

    [Inject]
    private HandOver Handing { get; set; } = null!;

    [Inject]
    private CareChanges Asking { get; set; } = null!;

    [Inject]
    private Teams AllTeams { get; set; } = null!;

    [Inject]
    private InventoryBoard Board { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private CareQuery Query { get; set; } = new();

    private CareStep? Step => _chosen.Count > 0 && _draft.Pools.Count > 0 ? CareQuery.StepOf(Do) : null;

    private string Heading => Step is { } step ? CareWords.Heading(step, ChosenPools) : "Look after pools";

    private IReadOnlyList<ChosenPool> ChosenPools => _draft.Pools;

    /// <summary>What the person may do with everything that is chosen; with none chosen, what they may do with any pool.</summary>
    private CareAllowed Allowed => new(
        _chosen.Count == 0 ? _view!.IsLead : _chosen.Values.All(row => row.MayCare),
        _chosen.Values.All(row => row.MayHandOver));

    protected override void OnInitialized() => Board.Moved += OnMoved;

    protected override async Task OnParametersSetAsync()
    {
        Query = CareQuery.Read(key => key switch
        {
            "show" => Show,
            "team" => Team,
            "q" => Search,
            "sort" => Sort,
            "page" => Number,
            _ => null,
        });
        _session = SessionKey.Of((await Authentication).User) ?? SessionKey.None;
        if (Do is not null && Step is null && RendererInfo.IsInteractive)
        {
            // A reload, or an address that somebody kept: nothing is chosen in this circuit.
            Navigation.NavigateTo(Query.ToAddress(), replace: true);
        }

        if (Step is null)
        {
            (_errors, _trouble) = ([], null);
            await ReadAsync();
        }
    }

    private async Task ReadAsync()
    {
        if ((await List.ReadAsync(_session, Query, _gone.Token)).TryGet(out var view, out var refusal))
        {
            _view = view;
            foreach (var row in view.Rows.Where(row => _chosen.ContainsKey(row.Key)))
            {
                _chosen[row.Key] = row;
            }

            return;
        }

        (_view, _trouble) = (null, refusal.Message);
    }

    private void Go(CareQuery query) => Navigation.NavigateTo(query.ToAddress(), replace: true);

    private void Toggle(CareRow row)
    {
        if (!_chosen.Remove(row.Key))
        {
            _chosen[row.Key] = row;
        }
    }

    private void ToggleAll(bool isOn)
    {
        foreach (var row in _view!.Rows.Where(row => row.CanBeChosen))
        {
            _chosen.Remove(row.Key);
            if (isOn)
            {
                _chosen[row.Key] = row;
            }
        }
    }

    private async Task BeginAsync(CareStep step)
    {
        (_outcomes, _errors) = (null, []);
        _draft = CareDraft.Of([.. _chosen.Values.Select(row => row.Choose())]);
        _choices = new CareChoices([.. AllTeams.All.Select(team => team.Name)], []);
        if (step is CareStep.HandOver && ChosenPools.Select(pool => pool.Team).Distinct(StringComparer.Ordinal).ToList() is [var only])
        {
            await ChooseTeamAsync(only);
        }

        Navigation.NavigateTo(Query.ToAddress(step));
    }

    private async Task ChooseTeamAsync(string? team)
    {
        _draft.Team = team;
        var owners = team is null ? [] : await Handing.OwnersOfAsync(team, _gone.Token);
        _choices = _choices with { Owners = [.. owners.Select(owner => (owner.Id, owner.Name))] };
        _draft.OwnerId = owners.Any(owner => owner.Id == _draft.OwnerId) ? _draft.OwnerId : null;
    }

    private Task KeepAsync()
    {
        _draft = CareDraft.Of([.. _chosen.Values.Select(row => row.Choose())]);
        return DoAsync(() => Care.KeepAsync(_session, Keys, _gone.Token));
    }

    private Task SubmitAsync(CareStep step) => DoAsync(() => step switch
    {
        CareStep.Shrink => Asking.ShrinkAsync(_session, [.. ChosenPools.Select(pool => (pool, _draft.SizeOf(pool)))], _gone.Token),
        CareStep.HandOver => Handing.GiveAsync(_session, Keys, _draft.Team, _draft.OwnerId, _gone.Token),
        CareStep.EndDate => Care.SetEndDateAsync(_session, Keys, _draft.IsEndless ? null : _draft.EndsOn ?? "none", _gone.Token),
        _ => Asking.DeleteAsync(_session, ChosenPools, _draft.Confirmation, _gone.Token),
    });

    private IReadOnlyList<PoolKey> Keys => [.. ChosenPools.Select(pool => pool.Key)];

    /// <summary>Whoever clicks a second time before the first click has ended has clicked once.</summary>
    private async Task DoAsync(Func<Task<Result<CareOutcomes, NotTaken>>> work)
    {
        if (_isBusy)
        {
            return;
        }

        _isBusy = true;
        try
        {
            if ((await work()).TryGet(out var done, out var notTaken))
            {
                _outcomes = [.. ChosenPools.Zip(done.Pools)];
                _chosen.Clear();
                _draft = new();
                await ReadAsync();
                Go(Query);
                return;
            }

            _errors = [.. notTaken.Mistakes.Select(mistake => new FieldError(CareWords.IdOf(mistake.Field), mistake.Message))];
            _trouble = notTaken.Message;
        }
        finally
        {
            _isBusy = false;
        }
    }

    private void OnMoved() => _ = InvokeAsync(async () =>
    {
        try
        {
            if (Step is null && !_isBusy && _view is not null)
            {
                await ReadAsync();
                StateHasChanged();
            }
        }
        catch (OperationCanceledException)
        {
            // The page was closed while it was reading.
        }
    });

    public void Dispose()
    {
        Board.Moved -= OnMoved;
        _gone.Cancel();
        _gone.Dispose();
    }
}
