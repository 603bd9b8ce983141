using System.Globalization;
using Portal.Access;

namespace Portal.Changes;

/// <summary>How a review is spoken of, on every page and in every refusal.</summary>
internal static class ReviewWords
{
    private const int MostNames = 4;

    public static string AddressOf(long change) => string.Create(CultureInfo.InvariantCulture, $"reviews/{change}");

    /// <summary>Those who can decide, within a sentence: "Lee Lead or Lou Lead"; without any of them what they have to be.</summary>
    public static string Who(string team, Deciders deciders)
    {
        var names = deciders.People.Select(person => person.Name).Distinct(StringComparer.Ordinal).ToList();
        return names.Count switch
        {
            0 => $"a lead of {team}, or an admin, once one signs in",
            1 => names[0],
            <= MostNames => $"{string.Join(", ", names.SkipLast(1))} or {names[^1]}",
            _ => $"{string.Join(", ", names.Take(MostNames))} or {names.Count - MostNames} more",
        };
    }

    /// <summary>Words as the beginning of a sentence.</summary>
    public static string Sentence(string words) => $"{char.ToUpperInvariant(words[0])}{words[1..]}";

    /// <summary>What is asked for, as one sentence.</summary>
    public static string Sentence(PoolChange change)
    {
        var who = $"{change.RequesterName} ({change.Team})";
        var user = change.User is { } name ? $"user {name}" : "an inbound user";
        return change switch
        {
            { Kind: ChangeKind.Create } => string.Create(
                CultureInfo.InvariantCulture,
                $"{who} asks for a {change.Mode.ToString().ToLowerInvariant()} pool of {change.AskedSize ?? change.Size} on {change.ClusterName}, database {change.Database}, {user}."),
            { Kind: ChangeKind.Resize, BeforeFields: { } before } => string.Create(
                CultureInfo.InvariantCulture, $"{who} asks for {change.AskedSize ?? change.Size} connections in the place of {before.Size} for {change.PoolName} on {change.ClusterName}."),
            { Kind: ChangeKind.Delete, RequesterId: PoolChange.PortalId } => $"The end date of {change.PoolName} on {change.ClusterName} has come: it is to be deleted.",
            { Kind: ChangeKind.Delete } => $"{who} asks to delete {change.PoolName} on {change.ClusterName}.",
            { Kind: ChangeKind.Adopt } => $"{who} asks to adopt {change.PoolName} on {change.ClusterName}, database {change.Database}, {user}.",
            { Kind: ChangeKind.ResetPassword } => $"{who} asks for a new password of {change.User} on {change.ClusterName}, the user of {change.PoolName}.",
            _ => $"{who} asks to change {change.PoolName} on {change.ClusterName}.",
        };
    }

    /// <summary>What became of a request that somebody wanted to decide: who was first, and what they decided.</summary>
    public static string DecidedAlready(PoolChange change) => change switch
    {
        { State: ChangeState.WaitingForReview } => "Something else happened to this request at the same moment. Look at it again.",
        { State: ChangeState.Declined } => $"{change.DecidedByName} declined this already: “{change.DecisionNote}”",
        { State: ChangeState.Withdrawn } => $"{change.RequesterName} has withdrawn this.",
        { State: ChangeState.Expired } => "This has expired: nobody decided in time.",
        { DecidedByName: { } name, AskedSize: { } asked } => string.Create(CultureInfo.InvariantCulture, $"{name} approved this already, with {change.Size} in the place of {asked}."),
        { DecidedByName: { } name } => $"{name} approved this already.",
        { State: ChangeState.Failed, Happened: { } happened } => happened,
        _ => "This does not wait for a review.",
    };

    /// <summary>By whom, for lists: "approved by Lee Lead", "approved by rule"; null while nobody has decided.</summary>
    public static string? By(PoolChange change) => change switch
    {
        { State: ChangeState.WaitingForReview or ChangeState.Expired } => null,
        { State: ChangeState.Declined } => $"by {change.DecidedByName}",
        { DecidedByName: { } name } => $"approved by {name}",
        { IsUrgent: true } => "run urgently",
        _ when change.Steps.Any(step => step.Kind is ChangeStepKind.Approved) => "approved by rule",
        _ => null,
    };
}
