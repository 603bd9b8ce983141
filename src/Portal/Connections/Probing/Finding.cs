namespace Portal.Connections.Probing;

/// <summary>What is looked at, in the order in which it is told.</summary>
internal enum ProbeStep
{
    From,
    Reached,
    Tls,
    SignedIn,
    Version,
    Mode,
    Prepared,
    MayConnect,
    MayUse,
    MayCreate,
    Time,
}

internal enum FindingState
{
    Ok,

    /// <summary>It works, but somebody should know.</summary>
    Warning,

    Failed,

    /// <summary>The portal is not where this can be seen from. Says nothing about the pool.</summary>
    NotReachable,

    NotTested,
}

/// <summary>One thing that a test looked at. Holds no secret.</summary>
/// <param name="Words">What was found; empty for what was not tested because something before it failed.</param>
internal sealed record Finding(ProbeStep Step, FindingState State, string Words)
{
    /// <summary>What it usually means.</summary>
    public string? Means { get; init; }

    public string? ToDo { get; init; }

    /// <summary>A line to be copied: the GRANT to ask for, a command for one's own machine. Without a password.</summary>
    public string? Command { get; init; }

    public string Title => Step switch
    {
        ProbeStep.From => "From where",
        ProbeStep.Reached => "Reached",
        ProbeStep.Tls => "TLS and certificate",
        ProbeStep.SignedIn => "Signed in",
        ProbeStep.Version => "PostgreSQL",
        ProbeStep.Mode => "Mode",
        ProbeStep.Prepared => "Prepared statements",
        ProbeStep.MayConnect => "May connect to the database",
        ProbeStep.MayUse => "May use schema public",
        ProbeStep.MayCreate => "May create in schema public",
        _ => "Time",
    };

    public string StateWord => State switch
    {
        FindingState.Ok => "ok",
        FindingState.Warning => "take care",
        FindingState.Failed => "failed",
        FindingState.NotReachable => "not reachable",
        _ => "not tested",
    };
}
