using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Portal.Access;
using Portal.Changes;
using Portal.DigitalOcean;
using Portal.Inventory;
using Portal.Storage;

namespace Portal.Rehearsal;

/// <summary>
/// What happened before the first person looks, done by the people of the sandbox through the portal's own services: pools of both teams,
/// a request that waits for a review, pools made outside the portal, one that was changed there, one whose owner has left, and one that is not wanted any more.
/// </summary>
internal sealed partial class FirstMinute(
    Cast cast,
    Panel panel,
    Database database,
    InventoryReader reader,
    ChangeRequests requests,
    ChangeReviews reviews,
    ChangeQueries changes,
    Past past,
    IOptions<DigitalOceanOptions> options,
    TimeProvider clock,
    ILogger<FirstMinute> logger) : BackgroundService
{
    private const string OrdersProd = "orders-prod";
    private const string PaymentsStaging = "payments-staging";

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.IsSandbox || await HasPastAsync(stoppingToken))
        {
            return;
        }

        using var deadline = new CancellationTokenSource(Longest, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, deadline.Token);
        try
        {
            await PlayAsync(either.Token);
            Played(logger);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
        catch (Exception exception) when (exception is OperationCanceledException or InvalidOperationException or HttpRequestException or DbUpdateException or System.Data.Common.DbException)
        {
            // The portal is whole without it; only its first minute is emptier.
            NotPlayed(logger, exception);
        }
    }

    private Task<bool> HasPastAsync(CancellationToken cancellationToken) => database.ReadAsync(
        async db => await db.Set<PoolChange>().AnyAsync(cancellationToken) || await db.Set<ManagedPool>().AnyAsync(cancellationToken),
        cancellationToken);

    private async Task PlayAsync(CancellationToken cancellationToken)
    {
        await cast.SandboxIsReadyAsync(cancellationToken);
        var people = await cast.ReadAsync(cancellationToken);
        var clusters = await panel.ClustersAsync(cancellationToken);
        var (orders, payments) = (clusters[OrdersProd], clusters[PaymentsStaging]);

        // The sandbox begins with payments-app. It is made anew by its team, so that somebody can change it behind their back.
        var paymentsApp = new PoolFields(PoolMode.Transaction, 4, "payments", "payments");
        await panel.DeleteAsync(payments, "payments-app", cancellationToken);
        await panel.CreateAsync(orders, "bi-tools", new PoolFields(PoolMode.Transaction, 5, "reports", User: null), cancellationToken);
        await ReadAsync(payments, cancellationToken);
        await ReadAsync(orders, cancellationToken);

        await cast.AsAsync(
            people["developer"],
            async session =>
            {
                var made = await AskAsync(session, "Payments", payments, "payments-app", paymentsApp, null, cancellationToken);
                var shop = await AskAsync(session, "Payments", orders, "storefront", new PoolFields(PoolMode.Transaction, 8, "checkout", "app"), "The shop's web servers", cancellationToken);
                await AskAsync(
                    session,
                    "Payments",
                    orders,
                    "black-friday",
                    new PoolFields(PoolMode.Transaction, 30, "checkout", "app"),
                    "Black Friday: 300 transactions a second of 60 ms each",
                    cancellationToken);
                var checkout = new PoolFields(PoolMode.Transaction, 2, "checkout", "app");
                var giftCards = await AskAsync(session, "Payments", orders, "gift-cards", checkout, "Gift cards of last winter", cancellationToken);
                var loadTest = await AskAsync(session, "Payments", orders, "load-test", checkout, "To measure the new checkout", cancellationToken);
                await MadeAsync(made, cancellationToken);
                await MadeAsync(giftCards, cancellationToken);
                await MadeAsync(loadTest, cancellationToken);
                await MadeAsync(shop, cancellationToken);
            },
            cancellationToken);
        await cast.AsAsync(
            people["developer2"],
            async session =>
            {
                await AskAsync(session, "Orders", orders, "order-intake", new PoolFields(PoolMode.Transaction, 6, "orders", "orders_app"), null, cancellationToken);
                await AskAsync(session, "Orders", orders, "daily-reports", new PoolFields(PoolMode.Session, 3, "reports", "reporting"), "Runs at night, with temporary tables", cancellationToken);
            },
            cancellationToken);

        await cast.StayAsync(people["lead"], cancellationToken);
        await cast.StayAsync(people["developer2"], cancellationToken);
        await past.LeaveBehindAsync(orders, "gift-cards", cancellationToken);
        await past.EndAsync(orders, "load-test", cancellationToken);
        await ReviewAsync(people, orders, payments, cancellationToken);
        await panel.ChangeAsync(payments, "payments-app", paymentsApp with { Size = 6 }, cancellationToken);
        await ReadAsync(payments, cancellationToken);
    }

    /// <summary>What leads have decided, and what was too urgent for it: both leads of Payments and the one of Orders are known from then on.</summary>
    private async Task ReviewAsync(IReadOnlyDictionary<string, Person> people, Guid orders, Guid payments, CancellationToken cancellationToken)
    {
        PoolChange? ledger = null, campaign = null;
        await cast.AsAsync(
            people["developer"],
            async session =>
            {
                ledger = await AskAsync(session, "Payments", payments, "ledger", new PoolFields(PoolMode.Transaction, 10, "payments", "payments"), "The ledger's import at night", cancellationToken);
                campaign = await AskAsync(session, "Payments", orders, "campaign", new PoolFields(PoolMode.Session, 60, "checkout", "app"), "Newsletter campaign", cancellationToken);
            },
            cancellationToken);
        await cast.AsAsync(people["lead"], session => reviews.ApproveSmallerAsync(session, ledger!.Id, "6", "Six are enough at night.", cancellationToken), cancellationToken);
        await MadeAsync(ledger!, cancellationToken);
        await cast.AsAsync(
            people["lead3"],
            session => reviews.DeclineAsync(session, campaign!.Id, "Sixty sessions are most of the cluster. Use transaction mode, and ask for what the calculator says.", cancellationToken),
            cancellationToken);
        await cast.AsAsync(people["lead2"], _ => Task.CompletedTask, cancellationToken);
        await cast.AsAsync(people["admin"], _ => Task.CompletedTask, cancellationToken);
        await UrgentAsync(people["developer"], orders, cancellationToken);
    }

    private async Task UrgentAsync(Person developer, Guid cluster, CancellationToken cancellationToken)
    {
        var before = new PoolFields(PoolMode.Transaction, 8, "checkout", "app");
        await cast.AsAsync(
            developer,
            async session =>
            {
                var asked = new ExistingPoolRequest
                {
                    FormId = Guid.NewGuid(),
                    Kind = ChangeKind.Resize,
                    ClusterId = cluster,
                    PoolName = "storefront",
                    Before = before,
                    Size = "20",
                    IsUrgent = true,
                    Reason = "The shop is slow: clients wait for a connection",
                };
                if (!(await requests.SubmitAsync(session, asked, cancellationToken)).TryGet(out var change, out var refusal))
                {
                    throw new InvalidOperationException($"storefront was not resized: {string.Join("; ", refusal.Mistakes.Select(mistake => mistake.Message).Append(refusal.Message))}");
                }

                await MadeAsync(change, cancellationToken);
            },
            cancellationToken);
    }

    private async Task<PoolChange> AskAsync(
        SessionKey session, string team, Guid cluster, string name, PoolFields fields, string? reason, CancellationToken cancellationToken)
    {
        var asked = new CreatePool
        {
            FormId = Guid.NewGuid(),
            Team = team,
            ClusterId = cluster,
            Name = name,
            Mode = fields.Mode,
            Size = fields.Size.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Database = fields.Database,
            User = fields.User,
            Reason = reason,
        };
        NotTaken? refusal = null;
        for (var attempt = 0; attempt < 3; attempt++)
        {
            if ((await requests.SubmitAsync(session, asked, cancellationToken)).TryGet(out var change, out refusal))
            {
                return change;
            }

            // A reading by the background, begun before the panel changed something, may have been written down after it.
            await ReadAsync(cluster, cancellationToken);
        }

        throw new InvalidOperationException($"{name} was not taken: {string.Join("; ", refusal!.Mistakes.Select(mistake => mistake.Message).Append(refusal.Message))}");
    }

    private async Task MadeAsync(PoolChange asked, CancellationToken cancellationToken)
    {
        while (await changes.FindAsync(asked.Id, cancellationToken) is { IsFinished: false })
        {
            await Task.Delay(Pause, clock, cancellationToken);
        }
    }

    private async Task ReadAsync(Guid cluster, CancellationToken cancellationToken)
    {
        if (!(await reader.ReadClusterAsync(cluster, cancellationToken)).TryGet(out _, out var failure))
        {
            throw new InvalidOperationException($"The sandbox was not read: {failure}");
        }
    }

    [LoggerMessage(9001, LogLevel.Information, "The sandbox has its first pools and requests.")]
    private static partial void Played(ILogger logger);

    [LoggerMessage(9002, LogLevel.Warning, "The sandbox has not all of its first pools and requests.")]
    private static partial void NotPlayed(ILogger logger, Exception exception);
}
