using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Portal.Access;
using Portal.Changes;
using Portal.Storage;

namespace Portal.Reviews.Queue;

/// <summary>What waits for a lead, live.</summary>
public sealed partial class QueuePage : IDisposable
{
    private static readonly IReadOnlyList<(ReviewShow Show, string Words)> Views =
        [(ReviewShow.Mine, "Waiting for you"), (ReviewShow.Open, "All open"), (ReviewShow.Decided, "Decided")];

    private readonly CancellationTokenSource _gone = new();
    private Again _reading = null!;
    private SessionKey _session;
    private QueueView? _view;
    private Refusal? _refusal;
    private bool _trouble;
    private IReadOnlyList<string> _teams = [];

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "show")]
    private string? Show { get; set; }

    [SupplyParameterFromQuery(Name = "kind")]
    private string? Kind { get; set; }

    [SupplyParameterFromQuery(Name = "team")]
    private string? Team { get; set; }

    [SupplyParameterFromQuery(Name = "requester")]
    private string? Requester { get; set; }

    [SupplyParameterFromQuery(Name = "cluster")]
    private string? Cluster { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    private string? Number { get; set; }

    [Inject]
    private ReviewQueue Queue { get; set; } = null!;

    [Inject]
    private Teams Teams { get; set; } = null!;

    [Inject]
    private ChangeFeed Feed { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private ReviewQuery Query { get; set; } = new();

    private bool IsDecided => Query.Show is ReviewShow.Decided;

    private string Caption => IsDecided ? "What was decided, the latest first" : "What waits for a review, the oldest first";

    protected override async Task OnInitializedAsync()
    {
        _reading = new Again(ReadAsync);
        _teams = [.. Teams.All.Select(team => team.Name)];
        Feed.Moved += OnMoved;
        _session = SessionKey.Of((await Authentication).User) ?? SessionKey.None;
    }

    protected override async Task OnParametersSetAsync()
    {
        Query = ReviewQuery.Read(key => key switch
        {
            "show" => Show,
            "kind" => Kind,
            "team" => Team,
            "requester" => Requester,
            "cluster" => Cluster,
            "page" => Number,
            _ => null,
        });
        await _reading.AskAsync();
    }

    private async Task ReadAsync()
    {
        try
        {
            _ = (await Queue.OpenAsync(_session, Query, _gone.Token)).TryGet(out var view, out _refusal);
            (_view, _trouble) = (view, false);
        }
        catch (Exception exception) when (_view is not null && Database.IsTrouble(exception))
        {
            _trouble = true;
        }
    }

    private void Go(ReviewQuery query) => Navigation.NavigateTo(query.ToAddress(), replace: true);

    private void OnMoved(long change)
    {
        if (!_gone.IsCancellationRequested)
        {
            _ = InvokeAsync(async () =>
            {
                await _reading.AskAsync();
                StateHasChanged();
            });
        }
    }

    public void Dispose()
    {
        Feed.Moved -= OnMoved;
        _gone.Cancel();
        _gone.Dispose();
    }
}
