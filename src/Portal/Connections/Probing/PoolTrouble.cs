using System.Net.Sockets;
using System.Security.Authentication;
using Npgsql;

namespace Portal.Connections.Probing;

/// <summary>What went wrong on the way through a pool: which step it was, what that usually means, and what to do.</summary>
internal static class PoolTrouble
{
    /// <summary>Text of PgBouncer when a transaction begins in a pool of mode statement.</summary>
    private const string NoTransactions = "transaction blocks not allowed";

    public static bool IsExpected(Exception exception) =>
        exception is NpgsqlException or SocketException or IOException or TimeoutException or AuthenticationException;

    public static bool IsStatementMode(PostgresException exception) => exception.MessageText.Contains(NoTransactions, StringComparison.Ordinal);

    /// <summary>Nothing came within the time: the pool has no server connection free.</summary>
    public static bool IsBusy(Exception exception) => Cause(exception) is TimeoutException;

    /// <summary>Notes a failure, and what is known because it came so far.</summary>
    /// <param name="isIn">Whether the pool had let the portal in before.</param>
    public static void Note(ProbeNotes notes, Exception exception, ProbeTarget target, PoolLogin login, bool isIn)
    {
        switch (Cause(exception))
        {
            case PostgresException refused:
                // It came over the connection that was verified.
                Encrypted(notes);
                Refused(notes, login.Clean(refused.MessageText), refused.SqlState, target);
                break;
            case AuthenticationException untrusted:
                notes.End(
                    new Finding(ProbeStep.Tls, FindingState.Failed, $"The certificate cannot be verified: {login.Clean(untrusted.Message)}.")
                    {
                        Means = "The server that answers is not the cluster, its certificate is for another name, or the CA certificate is not the one that signed it.",
                        ToDo = "Download the CA file again. Do not switch verification off; tell an admin when it stays so.",
                    },
                    "failed: TLS cannot be verified");
                break;
            case TimeoutException when isIn:
                Busy(notes, target);
                break;
            case TimeoutException:
                notes.End(
                    new Finding(ProbeStep.SignedIn, FindingState.Failed, "The pool took the connection and then said nothing for 5 s.")
                    {
                        Means = "PgBouncer waits for PostgreSQL: the cluster is starting, full, or being maintained.",
                        ToDo = "Test again in a minute, and look at the cluster's state.",
                    },
                    "failed: no answer within 5 s");
                break;
            default:
                notes.End(
                    new Finding(isIn ? ProbeStep.Time : ProbeStep.SignedIn, FindingState.Failed, "The connection broke off.")
                    {
                        Means = "PgBouncer was restarted or closed the connection; the cluster may be in maintenance, or the pool was just deleted.",
                        ToDo = "Test again in a minute.",
                    },
                    "failed: the connection broke off");
                break;
        }
    }

    public static void Encrypted(ProbeNotes notes) => notes.Ok(ProbeStep.Tls, "Encrypted; the certificate is for this host and signed by the cluster's CA.");

    private static void Refused(ProbeNotes notes, string said, string state, ProbeTarget target)
    {
        var user = target.User;
        var database = target.Pool.Database;
        var (step, means, toDo, command) = (said, state) switch
        {
            _ when Says(said, "authentication failed") || state is PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => (
                ProbeStep.SignedIn,
                $"The password of {user} that DigitalOcean gives is not the one that the server knows: it was reset a moment ago, or set in PostgreSQL itself.",
                $"Test again in a minute. If it stays so, a lead can reset the password of {user}.",
                null),
            _ when Says(said, "no such database") => (
                ProbeStep.SignedIn,
                "PgBouncer does not know this pool: it was made or deleted a moment ago.",
                "Test again in a minute, and look whether the pool is still in the list.",
                null),
            _ when Says(said, "permission denied for database") => (
                ProbeStep.MayConnect,
                $"{user} has no right to enter the database {database}.",
                "Ask somebody who may use doadmin to run this:",
                $"GRANT CONNECT ON DATABASE {Identifier(database)} TO {Identifier(user)};"),
            _ when Says(said, "does not exist") => (
                ProbeStep.MayConnect,
                $"The database {database} or the user {user} was deleted in PostgreSQL.",
                "Change the pool to a database and a user that are there, or have them made again.",
                (string?)null),
            _ when state is PostgresErrorCodes.TooManyConnections || Says(said, "remaining connection slots") => (
                ProbeStep.MayConnect,
                "The cluster has no connection left: direct connections and other pools have them all.",
                "Close direct connections, or make another pool smaller.",
                null),
            _ when Says(said, "query_wait_timeout") => (
                ProbeStep.Time,
                "All server connections of the pool are busy, and a client waited too long for one.",
                "Look at \"In use now\", and at queries and transactions that take long.",
                null),
            _ when Says(said, "server login") => (
                ProbeStep.MayConnect,
                $"PgBouncer itself cannot sign in to PostgreSQL as {user}.",
                $"Test again in a minute. If it stays so, a lead can reset the password of {user}.",
                null),
            _ => (ProbeStep.SignedIn, "The server refused, in its own words above.", "Paste the words into \"What is wrong?\", or show them to an admin.", null),
        };
        if (step > ProbeStep.SignedIn)
        {
            notes.Ok(ProbeStep.SignedIn, $"As {user}.");
        }

        notes.End(new Finding(step, FindingState.Failed, $"Refused: {said}.") { Means = means, ToDo = toDo, Command = command }, $"refused: {said}");
    }

    private static void Busy(ProbeNotes notes, ProbeTarget target) => notes.End(
        new Finding(ProbeStep.Time, FindingState.Failed, "The pool let the portal in, but no answer to a query came within 5 s.")
        {
            Means = $"All {target.Pool.Size} server connections of the pool are busy, and clients wait for one.",
            ToDo = "Look for long queries and for transactions that are not ended. When the cluster's CPU is low, raise the size a little.",
        },
        "failed: no server connection came free within 5 s");

    public static string Identifier(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static bool Says(string said, string words) => said.Contains(words, StringComparison.OrdinalIgnoreCase);

    private static Exception? Cause(Exception? exception)
    {
        while (exception is not null and not PostgresException and not AuthenticationException and not TimeoutException)
        {
            exception = exception.InnerException;
        }

        return exception;
    }
}
