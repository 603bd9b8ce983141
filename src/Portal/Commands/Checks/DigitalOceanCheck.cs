using System.Runtime.CompilerServices;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Portal.Audit;
using Portal.DigitalOcean;
using Portal.Inventory;

namespace Portal.Commands;

/// <summary>Whether DigitalOcean answers, and what the tokens may read. Whether they may create, update and delete only --try-pool can tell.</summary>
internal sealed class DigitalOceanCheck(DigitalOceanClient api, TokenScopes scopes, IOptions<DigitalOceanOptions> options, IHostEnvironment environment)
{
    private const string What = "DigitalOcean";
    private const string OfScopes = "DigitalOcean, scopes";

    /// <param name="mayRecord">A look at passwords is in the record, or is not made.</param>
    public async IAsyncEnumerable<Found> TryAsync(bool mayRecord, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (options.Value.IsSandbox)
        {
            yield return environment.IsProduction()
                ? Found.Wrong(What, $"{options.Value.BaseUrl.Host} is taken for a sandbox, with which a portal does not start as Production. Set ASPNETCORE_ENVIRONMENT to Staging, or take DigitalOcean:BaseUrl away.")
                : Found.Note(What, $"{options.Value.BaseUrl.Host} is taken for a sandbox");
        }

        if (!(await api.ListClustersAsync(cancellationToken)).TryGet(out var clusters, out var failure))
        {
            yield return NotAnswered(failure);
            yield break;
        }

        var count = clusters.Count(cluster => cluster.IsPostgreSql);
        yield return Found.Good(What, $"{count} PostgreSQL clusters{(api.LastSeen is { Limit: { } limit, Remaining: { } left } ? FormattableString.Invariant($", {left} of {limit} calls left this hour") : "")}");
        if (count == 0)
        {
            yield return Found.Note(OfScopes, "not tried, because there is no PostgreSQL cluster to try them on");
        }
        else if (!mayRecord)
        {
            yield return Found.Note(OfScopes, "not tried: that is a look at passwords, which the record has to have, and the database takes no row");
        }
        else if (!await scopes.TryAsync(AuditActor.CommandLine(), cancellationToken))
        {
            yield return Found.Wrong(OfScopes, "there was no answer, or the record took no row. Run the check again");
        }
        else
        {
            var health = await scopes.CheckHealthAsync(new HealthCheckContext(), cancellationToken);
            yield return new Found(health.Status is HealthStatus.Healthy ? Verdict.Good : Verdict.Wrong, OfScopes, health.Description!);
        }
    }

    private static Found NotAnswered(ApiFailure failure)
    {
        var words = FailureWords.Of(failure);
        var own = failure.Message is { } message ? $" DigitalOcean says: {message}" : "";
        return Found.Wrong(What, failure.Kind switch
        {
            ApiFailureKind.Unauthorized => $"{words.Happened} Put a token that works into the vault.{own}",
            ApiFailureKind.Forbidden => $"{words.Happened} Give the token the scope database:read.{own}",
            ApiFailureKind.NoToken => $"not asked: {failure.Detail ?? "the vault gave no token"}",
            _ => $"{words.Happened} Check DigitalOcean:BaseUrl and the way there.{own}",
        });
    }
}
