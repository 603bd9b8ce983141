using Portal.DigitalOcean;

namespace Portal.IntegrationTests.Crashes;

/// <summary>The sandbox's clusters, made ready for a round and looked at after it, by a client of the API that nobody disturbs.</summary>
internal static class CrashClusters
{
    /// <summary>A second database user, who is behind one pool, and room for new pools.</summary>
    public static async Task PrepareAsync(SandboxApi api, Guid cluster)
    {
        (await api.PostAsync($"/v2/databases/{cluster}/users", new { name = "app2" })).Status.ShouldBe(System.Net.HttpStatusCode.Created);
        var wanted = RoundPlan.PoolsOf(cluster, isOwned: true).Concat(RoundPlan.PoolsOf(cluster, isOwned: false)).ToDictionary(pool => pool.Name);
        foreach (var name in (await StandingAsync(api, cluster)).Keys.Where(name => !wanted.ContainsKey(name)))
        {
            await api.DeleteAsync(SandboxApi.Pool(cluster, name));
        }

        foreach (var pool in wanted.Values.Where(pool => pool.User is "app2"))
        {
            await api.PutAsync(SandboxApi.Pool(cluster, pool.Name), new { mode = pool.Mode, size = pool.Size, db = pool.Database, user = pool.User });
        }
    }

    public static async Task<IReadOnlyDictionary<string, PoolFields>> StandingAsync(SandboxApi api, Guid cluster) =>
        (await api.GetAsync(SandboxApi.Pools(cluster))).Json.GetProperty("pools").EnumerateArray().ToDictionary(
            pool => pool.GetProperty("name").GetString()!,
            pool => new PoolFields(
                PoolModes.Parse(pool.GetProperty("mode").GetString())!.Value,
                pool.GetProperty("size").GetInt32(),
                pool.GetProperty("db").GetString()!,
                pool.GetProperty("user").GetString() is { Length: > 0 } user ? user : null));
}
