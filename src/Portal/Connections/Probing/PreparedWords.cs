using Portal.DigitalOcean;

namespace Portal.Connections.Probing;

/// <summary>How it is said whether PgBouncer keeps track of prepared statements.</summary>
internal static class PreparedWords
{
    public static readonly Finding NoTransaction = new(
        ProbeStep.Prepared,
        FindingState.NotTested,
        "A pool of mode Statement refuses the transaction in which this is looked at. The connection texts keep the settings that are safe either way.");

    public static (PreparedStatements Prepared, Finding Finding) Of(NamedStatement named, PoolMode? mode) => (named, mode) switch
    {
        (NamedStatement.Tracked, _) => (PreparedStatements.Tracked, new Finding(
            ProbeStep.Prepared, FindingState.Ok, "On: PgBouncer keeps track of them. Drivers may prepare at the protocol level, SQL's PREPARE may not be used.")),
        (_, PoolMode.Session) => (PreparedStatements.Unknown, new Finding(
            ProbeStep.Prepared, FindingState.Ok, "They work: in mode Session a client keeps its server connection. Whether PgBouncer keeps track of them in other modes cannot be seen here.")),
        (NamedStatement.LeftByAnother, _) => (PreparedStatements.Off, new Finding(
            ProbeStep.Prepared, FindingState.Warning, "Off, and some client prepares statements all the same: one of its statements is left on a server connection.")
        {
            Means = "Clients of this pool run into \"prepared statement already exists\" or \"does not exist\" now and then.",
            ToDo = "Switch prepared statements off in every driver that uses this pool, as the connection texts do, or choose mode Session.",
        }),
        _ => (PreparedStatements.Off, new Finding(
            ProbeStep.Prepared, FindingState.Ok, "Off: PgBouncer does not keep track of them, so drivers must not prepare. The connection texts have the settings for that.")),
    };
}
