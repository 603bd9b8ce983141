using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Portal.Access;
using Portal.Changes;
using Portal.Controls;
using Portal.DigitalOcean;
using Portal.Inventory;
using Portal.Pools.Create;

namespace Portal.Pools.Existing;

/// <summary>What the pages that change a pool have in common: the pool as it is now, a draft, the rules' words, one click that counts once.</summary>
public abstract class PoolFormPage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private SessionKey _session;
    private IReadOnlyList<FieldMistake> _mistakes = [];

    /// <summary>The cluster's id.</summary>
    [Parameter]
    public Guid ClusterId { get; set; }

    /// <summary>The pool's name.</summary>
    [Parameter]
    public string Name { get; set; } = "";

    /// <summary>A change whose values the form starts with.</summary>
    [SupplyParameterFromQuery(Name = "again")]
    private protected string? AgainText { get; set; }

    private protected long? Again => QueryValue.Number(AgainText);

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = null!;

    [Inject]
    private PoolDesk Desk { get; set; } = null!;

    [Inject]
    private PoolDrafts Drafts { get; set; } = null!;

    [Inject]
    private ChangeRequests Requests { get; set; } = null!;

    [Inject]
    private protected ChangeQueries Changes { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    internal PoolForm Form { get; private set; } = new();

    internal PoolView? View { get; private set; }

    /// <summary>Why there is no form: who may, or that the pool is gone.</summary>
    internal Refusal? Refusal { get; private set; }

    internal IReadOnlyList<FieldError> Errors { get; private set; } = [];

    internal string? Trouble { get; private set; }

    internal bool IsBusy { get; private set; }

    /// <summary>What the policy says of the form as it is; null while it has mistakes.</summary>
    internal CheckedChange? Preview { get; private set; }

    private protected PoolFacts Pool => View!.Pool!;

    private protected ClusterFacts Cluster => View!.Cluster!;

    /// <summary>The pool as the person sees it.</summary>
    private protected PoolFields Before => Pool.Fields!;

    internal string PoolAddress => PoolAddresses.Of(ClusterId, Name);

    private protected bool HasForm => View is not null && Refusal is null;

    internal CancellationToken Gone => _gone.Token;

    internal SessionKey Session => _session;

    private protected abstract ChangeKind Kind { get; }

    /// <summary>Fills in what the form begins with.</summary>
    private protected virtual void Begin() => Form.Take(Before);

    /// <summary>Reads what only this page shows.</summary>
    private protected virtual Task ReadMoreAsync() => Task.CompletedTask;

    /// <summary>The form as a request. What the page does not offer is left as it is.</summary>
    private protected virtual ExistingPoolRequest ToRequest() => Form.ToRequest(Kind, ClusterId, Name, Before);

    protected override async Task OnInitializedAsync()
    {
        _session = SessionKey.Of((await Authentication).User) ?? SessionKey.None;

        // A page that is sent twice would ask DigitalOcean twice.
        var opened = RendererInfo.IsInteractive
            ? await Desk.OpenAsync(_session, ClusterId, Name, _gone.Token)
            : await Desk.RecallAsync(_session, ClusterId, Name, _gone.Token);
        if (!opened.TryGet(out var view, out var ended))
        {
            Refusal = ended;
            return;
        }

        View = view;
        Refusal = view.WhyNot(Kind, Desk.Rules);
        if (Refusal is not null)
        {
            return;
        }

        Trouble = view.Trouble is { } trouble ? $"{trouble.Happened} The figures are from the last reading; right before the change the pool is read again." : null;
        await BeginAsync(view.Person.Id);
        await ReadMoreAsync();
        await LookAheadAsync();
    }

    private async Task BeginAsync(string personId)
    {
        Begin();
        if (Again is { } id && await Changes.FindAsync(id, _gone.Token) is { } change && change.ClusterId == ClusterId && change.PoolName == Name)
        {
            Form.Take(change.Fields);
            Form.Reason = change.Reason;
        }
        else if (await Drafts.FindAsync(personId, Kind, ClusterId, Name, _gone.Token) is { } draft)
        {
            Form = draft;
        }
    }

    internal async Task ChangedAsync(Action change)
    {
        change();
        await LookAheadAsync();
        if (!await Drafts.TrySaveAsync(View!.Person.Id, Kind, ClusterId, Name, Form, _gone.Token))
        {
            Trouble = "What you typed cannot be kept at the moment: the portal's database does not take it. The form goes on; do not reload it.";
        }
    }

    /// <summary>What would happen, before anything is sent: neither the reason nor the typed name is missed yet.</summary>
    private async Task LookAheadAsync()
    {
        var request = ToRequest();
        var complete = request with
        {
            Reason = string.IsNullOrWhiteSpace(request.Reason) ? "…" : request.Reason,
            Confirmation = Kind is ChangeKind.ResetPassword ? Before.User : Name,
        };
        _ = (await Requests.CheckAsync(_session, complete, _gone.Token)).TryGet(out var preview, out _);
        Preview = preview;
    }

    internal async Task SubmitAsync()
    {
        // Whoever clicks a second time before the first click has ended has clicked once.
        if (IsBusy)
        {
            return;
        }

        IsBusy = true;
        try
        {
            var answer = await Requests.SubmitAsync(_session, ToRequest(), _gone.Token);
            if (answer.TryGet(out var change, out var notTaken))
            {
                await Drafts.TryDiscardAsync(View!.Person.Id, Kind, Name, _gone.Token);
                Navigation.NavigateTo($"changes/{change.Id}", replace: true);
                return;
            }

            _mistakes = notTaken.Mistakes;
            Trouble = notTaken.Message;
            Errors = [.. _mistakes.Select(mistake => new FieldError(IdOf(mistake.Field), mistake.Message))];
        }
        finally
        {
            IsBusy = false;
        }
    }

    internal string? MistakeIn(ChangeField field) => _mistakes.FirstOrDefault(mistake => mistake.Field == field)?.Message;

    private protected static string IdOf(ChangeField field) => CreatePage.IdOf(field);

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
        GC.SuppressFinalize(this);
    }
}
