using System.Globalization;

namespace Portal.Connections.Probing;

/// <summary>What the figures of a pool in use mean, and how far they can be trusted.</summary>
internal static class InUseWords
{
    private const string RaiseOrNot =
        "Look at the cluster's CPU: when it is low, raise the size a little; when it is high, do not: make the queries faster, or the pool smaller.";

    /// <summary>What to do, the most pressing first; empty when nothing has to be done, and for figures of another day.</summary>
    public static IEnumerable<UseAdvice> Advice(InUse use)
    {
        if (use.Context is not { } context)
        {
            yield break;
        }

        if (use.Waiting is > 0 and var waiting)
        {
            var wait = use.LongestWait is { } longest ? string.Create(CultureInfo.InvariantCulture, $", the longest for {longest.TotalSeconds:0.#} s") : "";
            yield return new UseAdvice($"{Count(waiting, "client waits", "clients wait")} for a server connection{wait}.", RaiseOrNot);
        }
        else if (context.IsDirect)
        {
            yield return new UseAdvice("All server connections of the pool are busy, so more clients have to wait.", RaiseOrNot);
        }

        if (use.IdleInTransaction > 0)
        {
            yield return new UseAdvice(
                $"{Count(use.IdleInTransaction, "connection is", "connections are")} held in the middle of a transaction without a query.",
                "When it stays so, the application does not end its transactions, and no size helps.");
        }

        if (use is { Active: 0, IdleInTransaction: 0, Idle: > 1 } && use.Waiting is not > 0)
        {
            yield return new UseAdvice("Nothing is at work.", "When most of them are idle all day, the pool can be smaller.") { IsPressing = false };
        }
    }

    /// <summary>What the figures do not tell.</summary>
    public static IEnumerable<string> Caveats(InUse use)
    {
        if (use.Context is not { } context)
        {
            yield break;
        }

        yield return context.IsDirect
            ? $"Counted are all connections of {context.User} to {context.Database}, direct ones too: the pool had none free to look through."
            : $"Counted are the connections of {context.User} to {context.Database} that come from where PgBouncer runs, without the one of this test. Direct connections from there look the same.";
        if (use.Total > context.Size && !context.IsDirect)
        {
            yield return $"There are more than the pool's {context.Size}, so some do not belong to it.";
        }

        if (context.Twins.Count > 0)
        {
            yield return $"Those of {string.Join(" and ", context.Twins)} are among them: {(context.Twins.Count == 1 ? "it leads" : "they lead")} to the same database as the same user.";
        }

        if (context.IsInbound)
        {
            yield return "What other users of this inbound-user pool do cannot be seen.";
        }

        if (use.Waiting is null)
        {
            yield return "This cluster does not tell how many clients wait.";
        }
    }

    private static string Count(int count, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");
}

/// <param name="Happened">What the figures say.</param>
internal sealed record UseAdvice(string Happened, string ToDo)
{
    public bool IsPressing { get; init; } = true;
}
