using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Portal.Access;

namespace Portal.Records;

/// <summary>The record, searched: what is looked for is in the address.</summary>
public sealed partial class AuditPage : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private RecordQuery _query = new();
    private SessionKey _session;
    private RecordPage? _page;
    private Refusal? _refusal;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "person")]
    private string? Person { get; set; }

    [SupplyParameterFromQuery(Name = "action")]
    private string? Action { get; set; }

    [SupplyParameterFromQuery(Name = "pool")]
    private string? Pool { get; set; }

    [SupplyParameterFromQuery(Name = "cluster")]
    private string? Cluster { get; set; }

    [SupplyParameterFromQuery(Name = "change")]
    private string? Change { get; set; }

    [SupplyParameterFromQuery(Name = "from")]
    private string? From { get; set; }

    [SupplyParameterFromQuery(Name = "to")]
    private string? To { get; set; }

    [SupplyParameterFromQuery(Name = "text")]
    private string? Text { get; set; }

    [SupplyParameterFromQuery(Name = "before")]
    private string? Before { get; set; }

    [Inject]
    private RecordDesk Desk { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    protected override async Task OnInitializedAsync() => _session = SessionKey.Of((await Authentication).User) ?? SessionKey.None;

    protected override async Task OnParametersSetAsync()
    {
        _query = RecordQuery.Read(key => key switch
        {
            "person" => Person,
            "action" => Action,
            "pool" => Pool,
            "cluster" => Cluster,
            "change" => Change,
            "from" => From,
            "to" => To,
            "text" => Text,
            "before" => Before,
            _ => null,
        });
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        var asked = _query;
        _page = null;
        _refusal = null;
        try
        {
            var answer = await Desk.SearchAsync(_session, asked, _gone.Token);
            if (asked == _query)
            {
                _ = answer.TryGet(out _page, out _refusal);
            }
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // The page is gone, and nobody waits for this any more.
        }
    }

    private void Go(RecordQuery query) => Navigation.NavigateTo($"audit{query.ToAddress()}");

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }
}
