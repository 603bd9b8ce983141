namespace Portal.IntegrationTests.Crashes;

/// <summary>Somebody in DigitalOcean's control panel: makes, resizes and deletes pools as it pleases them, the portal's too.</summary>
/// <remarks>
/// The sizes are others than any that is asked for at the portal: who asks for the very same cannot be told apart.
/// A cluster's id is written in capitals, so that the ledger tells these calls from the portal's, and faults that wait for the portal's do not meet them.
/// </remarks>
internal sealed class PanelPerson(SandboxApi api, IReadOnlyList<Guid> clusters, int seed)
{
    private const int Deeds = 60;

    private readonly HashSet<(Guid Cluster, string Pool)> _touched = [];

    public IReadOnlySet<(Guid Cluster, string Pool)> Touched => _touched;

    /// <summary>How many of its calls did something.</summary>
    public int Done { get; private set; }

    public async Task WorkAsync()
    {
#pragma warning disable CA5394 // A seed is to be followed, not kept secret.
        var random = new Random(seed);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var deed = 0; deed < Deeds; deed++)
        {
            await pause.WaitForNextTickAsync();
            var cluster = clusters[random.Next(clusters.Count)];
            var theirs = random.Next(2) == 0;
            var name = theirs ? $"panel-{random.Next(3)}" : $"pool-{random.Next(2, 11):00}";
            var size = random.Next(21, 26);
            var pools = $"/v2/databases/{cluster.ToString().ToUpperInvariant()}/pools";
            var answer = random.Next(theirs ? 3 : 2) switch
            {
                0 => await api.PutAsync($"{pools}/{name}", new { mode = "session", size, db = "app", user = "app" }),
                1 => await api.DeleteAsync($"{pools}/{name}"),
                _ => await api.PostAsync(pools, new { name, mode = "session", size, db = "app", user = "app" }),
            };
            Done += (int)answer.Status < 300 ? 1 : 0;
            _touched.Add((cluster, name));
        }
#pragma warning restore CA5394
    }
}
