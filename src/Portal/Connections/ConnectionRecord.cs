using System.Globalization;
using Portal.Access;
using Portal.Audit;
using Portal.Inventory;
using Portal.Storage;

namespace Portal.Connections;

/// <summary>Writes into the record who asked for which connection and what came of it. What it cannot write does not happen.</summary>
internal sealed class ConnectionRecord(AuditLog audit, ILogger<ConnectionRecord> logger)
{
    public Task<bool> AskedAsync(Person person, ConnectionRequest request) => WriteAsync(AuditAction.ConnectionAsked, person, request, why: null);

    /// <param name="user">The database user whose password it was.</param>
    public Task<bool> HandedOutAsync(Person person, ConnectionRequest request, string user) =>
        WriteAsync(AuditAction.ConnectionHandedOut, person, request, why: null, user);

    public Task<bool> NotHandedOutAsync(Person person, ConnectionRequest request, NotHandedOut why) =>
        WriteAsync(AuditAction.ConnectionNotHandedOut, person, request, why);

    public Task<bool> RefusedAsync(Person person, ConnectionRequest request, NotHandedOut why) =>
        WriteAsync(AuditAction.ActionRefused, person, request, why);

    private async Task<bool> WriteAsync(string action, Person person, ConnectionRequest request, NotHandedOut? why, string? user = null)
    {
        try
        {
            // Not the caller's token: who closes the page in the middle leaves no hole in the record.
            await audit.AppendAsync(Entry(action, person, request, why, user).WithCalls(), CancellationToken.None);
            return true;
        }
        catch (Exception exception) when (Database.IsTrouble(exception))
        {
            logger.NotRecorded(exception, action, request.Pool, request.Cluster);
            return false;
        }
    }

    private static AuditEntry Entry(string action, Person person, ConnectionRequest request, NotHandedOut? why, string? user) => new(action)
    {
        Actor = new AuditActor(person.Id, person.Name),
        ClusterId = request.Cluster,
        Pool = request.Pool,
        Details = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["what"] = "connection",
            ["format"] = request.Format,
            ["use"] = Lower(request.Way.Use.ToString()),
            ["server"] = Lower(request.Way.Server.ToString()),
            ["network"] = Lower(request.Way.Network.ToString()),
            ["verify"] = request.Verify ? "yes" : "no",
            ["purpose"] = Lower(request.Purpose.ToString()),
            ["connectAs"] = request.ConnectAs,
            ["user"] = user,
            ["why"] = why?.Happened,
            ["requestId"] = why?.RequestId,
        },
    };

    private static string Lower(string name) => name.ToLower(CultureInfo.InvariantCulture);
}
