using System.Globalization;
using Portal.DigitalOcean;

namespace Portal.Commands;

/// <summary>The shape of an answer: what the portal makes of it, without addresses, passwords and words that may differ.</summary>
internal static class TrialWords
{
    public const string Absent = "404 not_found";

    /// <summary>A pool as it was answered.</summary>
    public static string Of(Pool pool) => Of(pool.ModeText, pool.Size, pool.Database, pool.User, [
        (pool.Endpoints.Public is not null, "public"),
        (pool.Endpoints.Private is not null, "private"),
        (pool.Endpoints.Standby is not null, "standby"),
        (pool.Endpoints.StandbyPrivate is not null, "standby private"),
    ]);

    /// <summary>The pool that the sandbox would answer.</summary>
    public static string Expected(TrialPool pool, PoolFields fields) => Of(fields.Mode.ToApiText(), fields.Size, fields.Database, fields.User, [
        (pool.Cluster.Direct.Public is not null, "public"),
        (pool.Cluster.Direct.Private is not null, "private"),
        (pool.Cluster.Direct.Standby is not null, "standby"),
        (pool.Cluster.Direct.StandbyPrivate is not null, "standby private"),
    ]);

    /// <summary>A refusal: status and word.</summary>
    public static string Of(ApiFailure failure) => failure switch
    {
        { Status: { } status, Id: { } id } => string.Create(CultureInfo.InvariantCulture, $"{status} {id}"),
        { Status: { } status } => string.Create(CultureInfo.InvariantCulture, $"{status} without DigitalOcean's word"),
        _ => $"no answer ({failure.Kind})",
    };

    /// <summary>What stands beside the shape of a refusal: DigitalOcean's sentence and what its support asks for.</summary>
    public static string? Beside(ApiFailure failure) => (failure.Message ?? failure.Detail, failure.RequestId) switch
    {
        (null, null) => null,
        (var words, null) => words,
        (null, var id) => $"request {id}",
        var (words, id) => $"{words} (request {id})",
    };

    private static string Of(string mode, int size, string database, string? user, IEnumerable<(bool IsThere, string Word)> addresses) => string.Create(
        CultureInfo.InvariantCulture,
        $"{mode}, size {size}, database {database}, user {user ?? "none"}, addresses: {string.Join(", ", addresses.Where(address => address.IsThere).Select(address => address.Word))}");
}
