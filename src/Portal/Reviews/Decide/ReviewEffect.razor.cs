using Microsoft.AspNetCore.Components;
using Portal.Changes;

namespace Portal.Reviews.Decide;

/// <summary>What a request would do.</summary>
public sealed partial class ReviewEffect
{
    // Cascading, because a parameter would have to be public, and the page's state is the room's own.
    [CascadingParameter]
    private DecidePage Page { get; set; } = null!;

    private ReviewView View => Page.View!;

    private PoolChange Change => Page.Change;

    private bool IsOpen => Change.State is ChangeState.WaitingForReview;

    private bool TakesConnections => Change.Kind is ChangeKind.Create or ChangeKind.Resize or ChangeKind.Edit or ChangeKind.Delete;

    /// <summary>What the pool will have; once it is decided, what it has.</summary>
    private int After => (IsOpen, Change.Kind) switch
    {
        (false, _) => Now,
        (true, ChangeKind.Delete) => 0,
        _ => Page.Size,
    };

    private int Now => (View.Cluster?.Facts.Used ?? 0) - View.Others;

    private string Words => Change.Kind switch
    {
        ChangeKind.Delete => "The pool ends, and every app that connects through it is refused from then on. Its connections are free again.",
        ChangeKind.Adopt => $"Nothing is sent to DigitalOcean. {Change.Team} answers for the pool from then on, and may see its connection.",
        _ => $"The password of {Change.User} is replaced: every app that uses the old one is refused from then on.",
    };
}
