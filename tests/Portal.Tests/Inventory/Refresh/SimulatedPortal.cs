using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Portal.Access;
using Portal.DigitalOcean;
using Portal.Inventory;
using Portal.Storage;
using Portal.Tests.DigitalOcean;

namespace Portal.Tests.Inventory.Refresh;

/// <summary>The background of a portal, its budget and its clients, on a clock that the test moves. Only the database is left out: the board is all there is.</summary>
internal sealed class SimulatedPortal : IInventoryReading, IDisposable
{
    private readonly ManualTimeProvider _clock;
    private readonly DigitalOceanClient _background;
    private readonly DigitalOceanClient _people;

    public SimulatedPortal(ManualTimeProvider clock, SimulatedAccount account, InventoryBoard board, InventoryOptions? options = null)
    {
        _clock = clock;
        Board = board;
        var settings = Options.Create(options ?? new InventoryOptions());
        Budget = new CallBudget(settings, Options.Create(new DigitalOceanOptions()), new Neighbours(), clock);
        Feed = new InventoryFeed(board, new Neighbours());
        _background = Client(account, CallFor.Background);
        _people = Client(account, CallFor.People);
        Work = new RefreshWork(this, board, Budget, Feed, settings, clock, NullLogger<RefreshWork>.Instance);
    }

    public InventoryBoard Board { get; }

    public CallBudget Budget { get; }

    public InventoryFeed Feed { get; }

    public RefreshWork Work { get; }

    /// <summary>Clusters that answer with an error of their own.</summary>
    public HashSet<Guid> Broken { get; } = [];

    public List<Guid> Read { get; } = [];

    public static Guid IdOf(int number) => new(number, 0, 0, new byte[8]);

    public static InventoryBoard BoardOf(ManualTimeProvider clock, int clusters)
    {
        var board = new InventoryBoard(clock);
        board.Replace([.. Enumerable.Range(1, clusters).Select(number => new ClusterFacts(
            new ClusterIdentity(IdOf(number), $"cluster-{number:0000}", []), "online", "fra1", ClusterPlan.Parse("db-s-1vcpu-1gb"), [], [], [], PoolsReadAt: null))]);
        return board;
    }

    public void Dispose()
    {
        _background.Dispose();
        _people.Dispose();
    }

    /// <summary>A call of somebody; true when it was answered, false when it was held back or refused.</summary>
    public async Task<bool> AskAsync() => (await _people.ListPoolsAsync(IdOf(1), CancellationToken.None)).TryGet(out _, out _);

    public async Task<ApiFailure?> ReadClustersAsync(CancellationToken cancellationToken) =>
        (await _background.ListClustersAsync(cancellationToken)).TryGet(out _, out var failure) ? null : failure;

    public async Task<ApiFailure?> ReadPoolsAsync(Guid cluster, CancellationToken cancellationToken)
    {
        var answer = await _background.ListPoolsAsync(cluster, cancellationToken);
        if (!answer.TryGet(out _, out var failure))
        {
            return failure;
        }

        if (Broken.Contains(cluster))
        {
            return new ApiFailure { Kind = ApiFailureKind.Unknown, Status = 500 };
        }

        Read.Add(cluster);
        Board.Put(cluster, Board.View.Find(cluster)! with { PoolsReadAt = _clock.GetUtcNow() });
        return null;
    }

    public async Task<ApiFailure?> ReadReplicasAsync(Guid cluster, CancellationToken cancellationToken)
    {
        var answer = await _background.ListReplicasAsync(cluster, cancellationToken);
        if (!answer.TryGet(out _, out var failure))
        {
            return failure;
        }

        Board.Put(cluster, Board.View.Find(cluster)! with { ReplicasReadAt = _clock.GetUtcNow() });
        return null;
    }

    private DigitalOceanClient Client(SimulatedAccount account, CallFor whom) => new(
        // Whoever is held back says so here, and does not wait for a clock that only the test moves.
        new DigitalOceanClientOptions { ReadRetries = 0 },
        new TokenList("simulated"),
        _clock,
        Budget,
        network => new BudgetHandler(Budget, whom, _clock, network),
        new Network(account));

    private sealed class Network(SimulatedAccount account) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(account.Answer(request));
    }
}
