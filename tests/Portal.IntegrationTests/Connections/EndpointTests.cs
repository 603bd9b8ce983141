using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Portal.Access;
using Portal.Audit;
using Portal.DigitalOcean;
using Portal.Sandbox;
using Portal.Sandbox.Control;
using Portal.Storage;

namespace Portal.IntegrationTests.Connections;

/// <summary>The one address that answers with a password, over HTTP, as a browser asks it.</summary>
public sealed class EndpointTests(QuickWorld world) : IClassFixture<QuickWorld>, IAsyncDisposable
{
    private static readonly PoolFields Checkout = new(PoolMode.Transaction, 1, "checkout", "checkout");
    private static readonly PoolFields Inbound = Checkout with { User = null };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => world.RemovePoolsAsync();

    [Fact]
    public async Task The_answer_is_the_finished_text_and_is_stored_nowhere()
    {
        using var developer = await world.SignInDeveloperAsync();
        var pool = await world.ManagedPoolAsync(Checkout);

        using var answer = await developer.AskAsync(pool);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; charset=utf-8");
        answer.Headers.CacheControl!.ToString().ShouldBe("no-store");
        var text = await answer.Content.ReadAsStringAsync(Token);
        text.ShouldStartWith($"postgresql://checkout:{Uri.EscapeDataString(await world.PasswordOfAsync("checkout"))}@");
        text.ShouldEndWith($":25061/{pool}?sslmode=require");
    }

    [Fact]
    public async Task Asking_and_getting_are_recorded_without_the_password()
    {
        using var developer = await world.SignInDeveloperAsync();
        var pool = await world.ManagedPoolAsync(Checkout);

        await developer.TextAsync(pool, ("format", "npgsql"), ("verify", "true"), ("purpose", "shown"));

        var rows = world.Portal.Record.Where(row => row.Pool == pool).ToList();
        rows.Select(row => row.Action).ShouldBe([AuditAction.ConnectionAsked, AuditAction.ConnectionHandedOut]);
        rows.ShouldAllBe(row => row.ActorName == "developer" && row.ClusterId == SandboxClusters.OrdersProd);
        var details = JsonSerializer.Deserialize<Dictionary<string, string>>(rows[1].Details)!;
        details["format"].ShouldBe("npgsql");
        details["network"].ShouldBe("public");
        details["verify"].ShouldBe("yes");
        details["purpose"].ShouldBe("shown");
        details["user"].ShouldBe("checkout");
        foreach (var secret in world.Sandbox.Secrets)
        {
            world.Portal.Record.ShouldAllBe(row => !row.Details.Contains(secret) && !row.Details.Contains(JsonEncodedText.Encode(secret).ToString()));
        }
    }

    [Theory]
    [InlineData("Developer", "orders")]
    [InlineData("TeamLead", "orders-leads")]
    [InlineData("Admin", "payments")]
    [InlineData("Auditor", "payments")]
    public async Task Who_does_not_act_for_the_team_gets_words_and_the_refusal_is_recorded(string role, string group)
    {
        using var other = await world.SignInAsync($"other-{role}", Enum.Parse<Role>(role), group);
        var pool = await world.ManagedPoolAsync(Checkout);

        var problem = await RefusedAsync(await other.AskAsync(pool), HttpStatusCode.Forbidden);

        problem.Title.ShouldBe("This belongs to the team Payments. Its developers and leads can do that.");
        world.Portal.Record.Where(row => row.Pool == pool).Select(row => row.Action).ShouldBe([AuditAction.ActionRefused]);
    }

    [Fact]
    public async Task A_user_whom_somebody_put_behind_the_pool_outside_the_portal_is_not_given_away()
    {
        using var developer = await world.SignInDeveloperAsync();
        var pool = await world.ManagedPoolAsync(new PoolFields(PoolMode.Transaction, 1, "orders", "orders_app"), approved: Checkout);

        var problem = await RefusedAsync(await developer.AskAsync(pool), HttpStatusCode.Forbidden);

        problem.Title!.ShouldContain("changed outside the portal");
    }

    [Fact]
    public async Task A_pool_made_elsewhere_is_for_admins_alone()
    {
        using var developer = await world.SignInDeveloperAsync();
        using var admin = await world.SignInAsync("admin", Role.Admin);
        var pool = await world.UnmanagedPoolAsync(Checkout);

        await RefusedAsync(await developer.AskAsync(pool), HttpStatusCode.Forbidden);
        (await admin.TextAsync(pool)).ShouldContain(Uri.EscapeDataString(await world.PasswordOfAsync("checkout")));
    }

    [Fact]
    public async Task An_inbound_pool_gives_the_chosen_user_of_the_team_and_no_other()
    {
        using var developer = await world.SignInDeveloperAsync();
        var pool = await world.ManagedPoolAsync(Inbound);

        (await developer.TextAsync(pool, ("connectAs", "app"))).ShouldStartWith($"postgresql://app:{await world.PasswordOfAsync("app")}@");
        await RefusedAsync(await developer.AskAsync(pool, ("connectAs", "doadmin")), HttpStatusCode.Forbidden);
        await RefusedAsync(await developer.AskAsync(pool), HttpStatusCode.Forbidden);
        await RefusedAsync(await developer.AskAsync(pool, ("connectAs", "nobody")), HttpStatusCode.NotFound);
        await RefusedAsync(await developer.AskAsync(pool, ("connectAs", new string('x', 64))), HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Without_the_antiforgery_token_there_is_no_answer()
    {
        using var developer = await world.SignInDeveloperAsync();
        var pool = await world.ManagedPoolAsync(Checkout);

        using var without = await developer.AskAsync(pool, ("__RequestVerificationToken", null));
        using var wrong = await developer.AskAsync(pool, ("__RequestVerificationToken", "CfDJ8"));

        without.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        wrong.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        await HasNoSecretAsync(without);
        await HasNoSecretAsync(wrong);
        world.Portal.Record.ShouldAllBe(row => row.Pool != pool);
    }

    [Fact]
    public async Task Who_is_not_signed_in_or_no_longer_gets_a_status_and_no_redirect()
    {
        var pool = await world.ManagedPoolAsync(Checkout);
        using var nobody = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = world.Portal.Address };
        using var answer = await nobody.PostAsync($"/clusters/{SandboxClusters.OrdersProd}/pools/{pool}/connection", new FormUrlEncodedContent([]), Token);
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        var session = await world.Portal.SignInDeveloperAsync();
        using var developer = await ConnectionsWorld.Browser.OpenAsync(world.Portal, session);
        await world.Portal.Of<Sessions>().EndAsync(session, SessionEnd.EndedByAdmin, by: null, CancellationToken.None);
        using var late = await developer.AskAsync(pool);
        late.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        await HasNoSecretAsync(late);
    }

    [Theory]
    [InlineData("format", "carrier pigeon")]
    [InlineData("format", null)]
    [InlineData("network", "2")]
    [InlineData("network", "Public")]
    [InlineData("network", "private")] // this cluster has none
    [InlineData("purpose", "curiosity")]
    [InlineData("purpose", null)]
    public async Task What_cannot_be_understood_is_refused(string field, string? value)
    {
        using var developer = await world.SignInDeveloperAsync();
        var pool = await world.ManagedPoolAsync(Checkout);

        await RefusedAsync(await developer.AskAsync(pool, (field, value)), HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_pool_that_is_gone_is_said_to_be_gone()
    {
        using var developer = await world.SignInDeveloperAsync();

        var problem = await RefusedAsync(await developer.AskAsync("gone-pool"), HttpStatusCode.NotFound);

        problem.Title.ShouldBe("There is no pool gone-pool on orders-prod any more.");
    }

    [Theory]
    [InlineData(500, HttpStatusCode.BadGateway, "DigitalOcean had an error of its own (status 500).")]
    [InlineData(401, HttpStatusCode.BadGateway, "DigitalOcean refused the portal's token.")]
    [InlineData(403, HttpStatusCode.BadGateway, "The portal's token may not do this at DigitalOcean.")]
    [InlineData(429, HttpStatusCode.ServiceUnavailable, "DigitalOcean's rate limit is reached")]
    public async Task Trouble_at_DigitalOcean_is_told_in_words(int status, HttpStatusCode answered, string words)
    {
        using var developer = await world.SignInDeveloperAsync();
        var pool = await world.ManagedPoolAsync(Checkout);
        world.Sandbox.Faults.Add(new Fault { Method = "GET", Path = $"*/pools/{pool}", Times = 20, Kind = FaultKind.Status, Status = status });

        try
        {
            var problem = await RefusedAsync(await developer.AskAsync(pool), answered);

            problem.Title!.ShouldStartWith(words);
            problem.Detail.ShouldNotBeNullOrEmpty();
        }
        finally
        {
            world.Sandbox.Faults.Clear();
        }
    }

    [Theory]
    [InlineData(AuditAction.ConnectionAsked, 1)]
    [InlineData(AuditAction.ConnectionHandedOut, 2)]
    public async Task What_cannot_be_recorded_is_not_handed_out(string action, int calls)
    {
        using var developer = await world.SignInDeveloperAsync();
        var pool = await world.ManagedPoolAsync(Checkout);
        await ExecuteAsync($"CREATE TRIGGER full BEFORE INSERT ON audit WHEN NEW.action = '{action}' BEGIN SELECT RAISE(ABORT, 'disk full'); END");

        try
        {
            var problem = await RefusedAsync(await developer.AskAsync(pool), HttpStatusCode.ServiceUnavailable);

            problem.Title.ShouldBe("The portal cannot write to its record, so it hands out nothing.");
            world.Sandbox.Ledger.Count(HttpMethod.Get, $"*/pools/{pool}").ShouldBe(calls);
        }
        finally
        {
            await ExecuteAsync("DROP TRIGGER full");
        }
    }

    [Fact]
    public async Task The_ca_file_is_for_everybody_with_a_role_and_asked_for_once()
    {
        using var auditor = await world.SignInAsync("auditor", Role.Auditor);
        var address = $"/clusters/{SandboxClusters.PaymentsStaging}/ca-certificate.crt";

        using var answer = await auditor.Http.GetAsync(address, Token);
        using var again = await auditor.Http.GetAsync(address, Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/x-pem-file");
        answer.Content.Headers.ContentDisposition!.FileName.ShouldBe("ca-certificate.crt");
        (await answer.Content.ReadAsStringAsync(Token)).ShouldStartWith("-----BEGIN CERTIFICATE-----");
        again.StatusCode.ShouldBe(HttpStatusCode.OK);
        world.Sandbox.Ledger.Count(HttpMethod.Get, $"/v2/databases/{SandboxClusters.PaymentsStaging}/ca").ShouldBe(1);
        using var unknown = await auditor.Http.GetAsync($"/clusters/{Guid.NewGuid()}/ca-certificate.crt", Token);
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var nobody = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = world.Portal.Address };
        using var closed = await nobody.GetAsync(address, Token);
        closed.StatusCode.ShouldNotBe(HttpStatusCode.OK);
    }

    private async Task<ProblemDetails> RefusedAsync(HttpResponseMessage answer, HttpStatusCode status)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync();
            answer.StatusCode.ShouldBe(status, text);
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
            answer.Headers.CacheControl!.ToString().ShouldBe("no-store");
            await HasNoSecretAsync(answer);
            return (await answer.Content.ReadFromJsonAsync<ProblemDetails>())!;
        }
    }

    private async Task HasNoSecretAsync(HttpResponseMessage answer)
    {
        var text = answer.Headers.ToString() + await answer.Content.ReadAsStringAsync();
        foreach (var secret in world.Sandbox.Secrets)
        {
            text.ShouldNotContain(secret);
            text.ShouldNotContain(Uri.EscapeDataString(secret));
            text.ShouldNotContain(JsonEncodedText.Encode(secret).ToString());
        }
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var db = await world.Portal.Of<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
#pragma warning disable EF1002 // The test's own words.
        await db.Database.ExecuteSqlRawAsync(sql);
#pragma warning restore EF1002
    }
}
