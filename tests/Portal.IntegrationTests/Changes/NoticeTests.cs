using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Portal.Access;
using Portal.Audit;
using Portal.Changes;
using Portal.Changes.Notices;
using Portal.IntegrationTests.Sandbox;
using Portal.Sandbox;

namespace Portal.IntegrationTests.Changes;

/// <summary>Notices on their way to a receiver, from the record to its door.</summary>
public abstract class NoticeTests(SandboxFixture? server) : IAsyncLifetime
{
    private const string Secret = "whsec-4f7a1e0c9b";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private SandboxHost _sandbox = null!;
    private TestDatabase _database = null!;
    private NoticeReceiver _receiver = null!;
    private PortalHost? _portal;

    private PortalHost Portal => _portal!;

    public async ValueTask InitializeAsync()
    {
        _sandbox = await SandboxHost.StartAsync(new SandboxOptions { Live = false }, TestContext.Current.CancellationToken);
        _sandbox.WriteSecret("pool-portal/notices", new { secret = Secret });
        _database = server is null ? TestDatabase.Sqlite() : await TestDatabase.PostgreSqlAsync(server.Host);
        _receiver = await NoticeReceiver.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_portal is not null)
        {
            await _portal.DisposeAsync();
        }

        await _receiver.DisposeAsync();
        await _sandbox.DisposeAsync();
        _database.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_request_for_review_is_told_once_signed_and_without_a_secret()
    {
        await StartAsync(settings => settings["Access:PublicUrl"] = "https://tools.example.com/pools");
        await Portal.SignInAsync("Lee Lead", Role.TeamLead, "payments", "payments-leads");

        var change = await AskAsync();

        var told = await ReceivedAsync(1);
        told[0].Request.ShouldBe("POST /hook");
        told[0].IsSignedWith(Secret).ShouldBeTrue();
        told[0].IsSignedWith("another").ShouldBeFalse();
        told[0].Id.ShouldBe($"{Portal.Record.Single(row => row.Action == AuditAction.SentForReview).Sequence}");
        var body = told[0].Json;
        body.GetProperty("kind").GetString().ShouldBe("review-asked");
        body.GetProperty("who").GetString().ShouldBe("developer");
        body.GetProperty("team").GetString().ShouldBe("Payments");
        body.GetProperty("cluster").GetString().ShouldBe("orders-prod");
        body.GetProperty("pool").GetString().ShouldBe("checkout-app");
        body.GetProperty("change").GetInt64().ShouldBe(change.Id);
        body.GetProperty("for").EnumerateArray().Select(name => name.GetString()).ShouldBe(["Lee Lead"]);
        body.GetProperty("text").GetString().ShouldBe("developer (Payments) asks for a new pool checkout-app of size 30 on orders-prod. It waits for a review.");
        body.GetProperty("link").GetString().ShouldBe($"https://tools.example.com/pools/changes/{change.Id}");
        await Eventually.BecomesTrueAsync("it is written down", () => Portal.ReadAll<Notice>().Single().DeliveredAt is not null, Deadline);
        string[] kept = [.. Portal.ReadAll<Notice>().Select(notice => notice.Body + notice.Failure), told[0].Body];
        _sandbox.Secrets.Append(Secret).Append("dop_v1_sandbox").ShouldAllBe(secret => !kept.Any(text => text.Contains(secret, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task With_no_other_lead_the_admins_are_named()
    {
        await StartAsync();
        await Portal.SignInAsync("Ada Admin", Role.Admin);

        await AskAsync();

        (await ReceivedAsync(1))[0].Json.GetProperty("for").EnumerateArray().Select(name => name.GetString()).ShouldBe(["Ada Admin"]);
    }

    [Fact]
    public async Task Of_many_senders_each_notice_is_sent_by_one()
    {
        await StartAsync();
        await Eventually.BecomesTrueAsync("it has begun", () => Portal.ReadAll<NoticeCursor>().Count == 1, Deadline);
        using var stop = new CancellationTokenSource();
        var others = Enumerable.Range(0, 3).Select(_ => SendOnAsync(NewSender(), stop.Token)).ToList();

        for (var pool = 0; pool < 12; pool++)
        {
            await AskAsync($"pool-{pool}");
        }

        await Eventually.BecomesTrueAsync("all are delivered", () => Portal.ReadAll<Notice>().Count(notice => notice.DeliveredAt is not null) == 12, Deadline);
        await stop.CancelAsync();
        await Task.WhenAll(others);
        _receiver.Deliveries.Select(delivery => delivery.Id).Order().ShouldBe(Portal.Record.Where(row => row.Action == AuditAction.SentForReview).Select(row => $"{row.Sequence}").Order());
        Portal.ReadAll<Notice>().ShouldAllBe(notice => notice.Attempts == 1);
    }

    [Fact]
    public async Task What_the_receiver_did_not_take_is_sent_again_with_the_same_id()
    {
        _receiver.Answer = (context, number) =>
        {
            context.Response.StatusCode = number == 1 ? 503 : 204;
            return Task.CompletedTask;
        };
        await StartAsync();

        await AskAsync();

        var told = await ReceivedAsync(2);
        told[1].Id.ShouldBe(told[0].Id);
        told[1].Body.ShouldBe(told[0].Body);
        await Eventually.BecomesTrueAsync("it is delivered", () => Portal.ReadAll<Notice>().Single() is { DeliveredAt: not null, Attempts: 2, Failure: null }, Deadline);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        _receiver.Answer = (context, _) =>
        {
            context.Response.Redirect("/elsewhere");
            return Task.CompletedTask;
        };
        await StartAsync();

        await AskAsync();

        (await FailedAsync()).Failure.ShouldBe("The receiver answered with a redirect (302), which is not followed. Set the address that it leads to.");
        _receiver.Deliveries.ShouldAllBe(delivery => delivery.Request == "POST /hook");
    }

    [Fact]
    public async Task What_did_not_arrive_is_shown_without_the_address_and_an_admin_sends_it_again()
    {
        var address = _receiver.Address;
        await _receiver.DisposeAsync();
        await StartAsync(settings =>
        {
            settings["Notices:RetryAfter"] = "01:00:00";
            settings["Notices:RetryAtMost"] = "01:00:00";
        });
        await AskAsync();
        var failed = await FailedAsync();
        failed.Failure.ShouldBe("The receiver could not be reached.");
        var auditor = await Portal.SignInAsync("auditor", Role.Auditor);
        var admin = await Portal.SignInAsync("admin", Role.Admin);
        var desk = Portal.Of<NoticeDesk>();

        (await desk.SendAgainAsync(auditor, failed.Id, CancellationToken.None))!.Message.ShouldBe("Only an admin can do this.");
        (await desk.ListAsync(auditor, CancellationToken.None)).TryGet(out var list, out _).ShouldBeTrue();
        list!.MayAct.ShouldBeFalse();
        list.Undelivered.ShouldHaveSingleItem().Failure.ShouldBe(failed.Failure);
        (await desk.ListAsync(await Portal.SignInDeveloperAsync(), CancellationToken.None)).TryGet(out _, out _).ShouldBeFalse();

        _receiver = await NoticeReceiver.StartAsync(address.Port);
        (await desk.SendAgainAsync(admin, failed.Id, CancellationToken.None)).ShouldBeNull();

        await Eventually.BecomesTrueAsync("it is delivered", () => Portal.ReadAll<Notice>().Single().DeliveredAt is not null, Deadline);
        Portal.Record.Count(row => row.Action == AuditAction.NoticeSentAgain && row.ActorName == "admin").ShouldBe(1);
    }

    [Fact]
    public async Task What_happened_before_notices_were_turned_on_is_not_told()
    {
        await StartAsync(settings => settings.Remove("Notices:Url"));
        await AskAsync("before-app");
        Portal.ReadAll<Notice>().ShouldBeEmpty();
        Portal.ReadAll<NoticeCursor>().ShouldBeEmpty();
        await Portal.DisposeAsync();

        await StartAsync();
        await Eventually.BecomesTrueAsync("it has begun", () => Portal.ReadAll<NoticeCursor>().Count == 1, Deadline);
        await AskAsync("after-app");

        (await ReceivedAsync(1))[0].Json.GetProperty("pool").GetString().ShouldBe("after-app");
        Portal.ReadAll<Notice>().Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_happened_while_the_portal_was_down_is_told_when_it_is_back()
    {
        _receiver.Answer = (context, _) =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        };
        await StartAsync();
        await AskAsync();
        await FailedAsync();
        await Portal.DisposeAsync();
        _receiver.Answer = (_, _) => Task.CompletedTask;

        await StartAsync();

        await Eventually.BecomesTrueAsync("it is delivered", () => Portal.ReadAll<Notice>().Single().DeliveredAt is not null, Deadline);
    }

    [Fact]
    public async Task Slack_gets_a_text_at_the_address_that_the_vault_holds()
    {
        _sandbox.WriteSecret("pool-portal/slack", new { url = new Uri(_receiver.Address, "/services/T0/B0/token-of-slack").ToString() });
        await StartAsync(settings =>
        {
            settings.Remove("Notices:Url");
            settings["Notices:UrlPath"] = "pool-portal/slack";
            settings["Notices:Format"] = "Slack";
        });

        await AskAsync();

        var told = (await ReceivedAsync(1))[0];
        told.Request.ShouldBe("POST /services/T0/B0/token-of-slack");
        told.Signature.ShouldBeEmpty();
        told.Json.EnumerateObject().Select(member => member.Name).ShouldBe(["text"]);
        Portal.ReadAll<Notice>().ShouldAllBe(notice => !notice.Body.Contains("token-of-slack", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_its_secret_in_the_vault_nothing_is_sent_and_the_page_says_why()
    {
        await StartAsync(settings => settings["Notices:SecretPath"] = "pool-portal/no-such");

        await AskAsync();

        (await FailedAsync()).Failure.ShouldNotBeNullOrEmpty();
        _receiver.Deliveries.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_freeze_is_told_with_its_words()
    {
        await StartAsync();
        await Eventually.BecomesTrueAsync("it has begun", () => Portal.ReadAll<NoticeCursor>().Count == 1, Deadline);
        var admin = await Portal.SignInAsync("admin", Role.Admin);

        await Portal.Of<FreezeDesk>().FreezeAsync(admin, FreezeTests.Asked(), CancellationToken.None);

        (await ReceivedAsync(1))[0].Json.GetProperty("text").GetString().ShouldBe("admin froze changes of all clusters: the database is being moved.");
    }

    private async Task StartAsync(Action<Dictionary<string, string>>? adjust = null)
    {
        _portal = await PortalHost.StartAsync(_sandbox, _database, settings =>
        {
            settings["Notices:Url"] = new Uri(_receiver.Address, "/hook").ToString();
            settings["Notices:RetryAfter"] = "00:00:01";
            adjust?.Invoke(settings);
        });
        await Portal.ReadAsync(SandboxClusters.OrdersProd);
        if (_portal.Of<Microsoft.Extensions.Options.IOptions<NoticesOptions>>().Value.IsOn)
        {
            await Eventually.BecomesTrueAsync("it has begun", () => Portal.ReadAll<NoticeCursor>().Count == 1, Deadline);
        }
    }

    private async Task<PoolChange> AskAsync(string pool = "checkout-app") =>
        await Portal.SubmitAsync(await Portal.SignInDeveloperAsync(), FreezeTests.Request(pool, "30"));

    private async Task<IReadOnlyList<Delivery>> ReceivedAsync(int count)
    {
        await Eventually.BecomesTrueAsync($"{count} arrived", () => _receiver.Deliveries.Count >= count, Deadline);
        _receiver.Deliveries.Count.ShouldBe(count);
        return _receiver.Deliveries;
    }

    private async Task<Notice> FailedAsync()
    {
        await Eventually.BecomesTrueAsync("it has failed once", () => Portal.ReadAll<Notice>() is [{ Failure: not null }], Deadline);
        return Portal.ReadAll<Notice>().Single();
    }

    private NoticeSender NewSender() => ActivatorUtilities.CreateInstance<NoticeSender>(Portal.Of<IServiceProvider>());

    private static async Task SendOnAsync(NoticeSender sender, CancellationToken cancellationToken)
    {
        await Task.Yield();
        while (!cancellationToken.IsCancellationRequested)
        {
            await sender.PassAsync(CancellationToken.None);
        }
    }
}

public sealed class NoticesOnSqliteTests() : NoticeTests(server: null);

public sealed class NoticesOnPostgreSqlTests(SandboxFixture server) : NoticeTests(server);
