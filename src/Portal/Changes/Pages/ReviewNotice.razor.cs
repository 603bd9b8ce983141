using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using Portal.Access;

namespace Portal.Changes;

/// <summary>Who is asked about a change that waits for a review, or that was run urgently and nobody has looked at; nothing for any other.</summary>
public sealed partial class ReviewNotice : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private Deciders? _deciders;
    private string _who = "";
    private bool _isDecider;
    private (long, ChangeState, DateTimeOffset?)? _asked;

    [Parameter, EditorRequired]
    public PoolChange Change { get; set; } = null!;

    // Cascading, because a parameter would have to be public, and a session is the portal's own.
    [CascadingParameter]
    private SessionKey Session { get; set; }

    [Inject]
    private ReviewRights Rights { get; set; } = null!;

    [Inject]
    private Sessions Sessions { get; set; } = null!;

    [Inject]
    private IOptions<ChangesOptions> Options { get; set; } = null!;

    private bool Waits => Change.State is ChangeState.WaitingForReview;

    protected override async Task OnParametersSetAsync()
    {
        var asked = (Change.Id, Change.State, Change.SeenAt);
        if (asked == _asked)
        {
            return;
        }

        _asked = asked;
        _deciders = null;
        if (!Waits && Change is not { IsUrgent: true, SeenAt: null })
        {
            return;
        }

        try
        {
            var deciders = await Rights.DecidersAsync(Change, _gone.Token);
            _who = ReviewWords.Who(Change.Team, deciders);
            _isDecider = (await Sessions.ReadAsync(Session, _gone.Token)).TryGet(out var person, out _) && Rights.WhyNot(person, Change, deciders) is null;
            _deciders = deciders;
        }
        catch (OperationCanceledException)
        {
            // The page was closed while it was reading.
        }
    }

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }
}
