using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Portal.Access;

namespace Portal.Changes.Notices;

/// <summary>What could not be told to the outside; an admin sends it again, an auditor sees it.</summary>
public sealed partial class NoticesSection : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private ElementReference _heading;
    private SessionKey _session;
    private NoticeList? _list;
    private Refusal? _refusal;
    private string? _said;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = null!;

    [Inject]
    private NoticeDesk Desk { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        _session = SessionKey.Of((await Authentication).User) ?? SessionKey.None;
        await LoadAsync();
    }

    private async Task LoadAsync() => (await Desk.ListAsync(_session, _gone.Token)).TryGet(out _list, out _refusal);

    private async Task SendAgainAsync(UndeliveredNotice notice)
    {
        var refusal = await Desk.SendAgainAsync(_session, notice.Id, _gone.Token);
        await LoadAsync();
        _refusal ??= refusal;
        _said = refusal is null ? "It is sent within a second or two. Load the page again to see whether it arrived." : null;
        await _heading.FocusAsync();
    }

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }
}
