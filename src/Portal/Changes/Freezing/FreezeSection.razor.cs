using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Portal.Access;
using Portal.Controls;
using Portal.Inventory;

namespace Portal.Changes;

/// <summary>What is frozen; an admin freezes and ends it, an auditor sees it.</summary>
public sealed partial class FreezeSection(TimeProvider clock) : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private ElementReference _heading;
    private SessionKey _session;
    private FreezeList? _list;
    private IReadOnlyList<ClusterFacts> _clusters = [];
    private IReadOnlyList<FreezeMistake> _mistakes = [];
    private IReadOnlyList<FieldError> _errors = [];
    private string? _cluster;
    private string? _words;
    private string? _until;
    private string? _refusal;
    private string? _said;
    private bool _isBusy;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = null!;

    [Inject]
    private FreezeDesk Desk { get; set; } = null!;

    [Inject]
    private Freezes Freezes { get; set; } = null!;

    [Inject]
    private InventoryQueries Inventory { get; set; } = null!;

    private string Now => clock.GetUtcNow().UtcDateTime.ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture);

    protected override async Task OnInitializedAsync()
    {
        _session = SessionKey.Of((await Authentication).User) ?? SessionKey.None;
        _clusters = await Inventory.ListAsync(_gone.Token);
        Freezes.Moved += OnMoved;
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        if (!(await Desk.ListAsync(_session, _gone.Token)).TryGet(out _list, out var refusal))
        {
            _refusal = refusal.Message;
        }
    }

    private async Task FreezeAsync()
    {
        if (_isBusy)
        {
            return;
        }

        _isBusy = true;
        try
        {
            var request = new FreezeRequest(Guid.TryParse(_cluster, out var cluster) ? cluster : null, _words, _until);
            var answer = await Desk.FreezeAsync(_session, request, _gone.Token);
            var isDone = answer.TryGet(out var freeze, out var notFrozen);
            _mistakes = notFrozen?.Mistakes ?? [];
            _errors = [.. _mistakes.Select(mistake => new FieldError(IdOf(mistake.Field), mistake.Message))];
            _refusal = notFrozen?.Message;
            _said = isDone ? $"Changes of {freeze!.What} are frozen." : null;
            if (isDone)
            {
                (_cluster, _words, _until) = (null, null, null);
                await LoadAsync();
                await _heading.FocusAsync();
            }
        }
        finally
        {
            _isBusy = false;
        }
    }

    private async Task EndAsync(Freeze freeze)
    {
        _refusal = (await Desk.EndAsync(_session, freeze.Id, _gone.Token))?.Message;
        _said = _refusal is null ? $"Changes of {freeze.What} go on." : null;
        await LoadAsync();
        await _heading.FocusAsync();
    }

    private string? MistakeIn(FreezeField field) => _mistakes.FirstOrDefault(mistake => mistake.Field == field)?.Message;

    private static string IdOf(FreezeField field) => $"freeze-{field.ToString().ToLowerInvariant()}";

    private void OnMoved() => _ = InvokeAsync(async () =>
    {
        try
        {
            await LoadAsync();
            StateHasChanged();
        }
        catch (OperationCanceledException)
        {
            // The page was closed while it was reading.
        }
    });

    public void Dispose()
    {
        Freezes.Moved -= OnMoved;
        _gone.Cancel();
        _gone.Dispose();
    }
}
