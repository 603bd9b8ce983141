using System.Net;
using Portal.Access;
using Portal.Audit;
using Portal.DigitalOcean;
using Portal.IntegrationTests.Connections;

namespace Portal.IntegrationTests.Reviews;

/// <summary>The file for an access review, over HTTP.</summary>
public sealed class AccessExportTests(QuickWorld world) : IClassFixture<QuickWorld>, IAsyncDisposable
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => world.RemovePoolsAsync();

    [Theory]
    [InlineData("Admin")]
    [InlineData("Auditor")]
    public async Task Admins_and_auditors_get_the_file_and_the_record_says_so(string role)
    {
        using var developer = await world.SignInDeveloperAsync();
        using var formula = await world.SignInAsync("=1+1", Role.Developer, "payments");
        using var reader = await world.SignInAsync($"reader-{role}", Enum.Parse<Role>(role));
        var pool = await world.ManagedPoolAsync(new PoolFields(PoolMode.Transaction, 1, "checkout", "checkout"));
        await world.Portal.ReadAsync(Portal.Sandbox.SandboxClusters.OrdersProd);

        using var answer = await reader.Http.GetAsync("/audit/access.csv", Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/csv; charset=utf-8");
        answer.Content.Headers.ContentDisposition!.FileName!.ShouldStartWith("access-");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var lines = (await answer.Content.ReadAsStringAsync(Token)).TrimStart('\uFEFF').Split("\r\n");
        lines[0].ShouldBe("cluster,pool,database,user,team,right,person,person_id,group,why");
        lines.ShouldContain($"orders-prod,{pool},checkout,checkout,Payments,see connection,developer,test|developer,payments,member of Payments through group payments; pattern orders-prod / checkout / *".Replace("member", "\"member", StringComparison.Ordinal) + "\"");
        lines.ShouldContain(line => line.Contains($"{pool},checkout,checkout,Payments,change,'=1+1,", StringComparison.Ordinal));
        var row = world.Portal.Record.Last(row => row.Action == AuditAction.Exported);
        row.ActorName.ShouldBe($"reader-{role}");
        row.Details.ShouldContain("access now");
    }

    [Theory]
    [InlineData("Developer")]
    [InlineData("TeamLead")]
    public async Task Nobody_else_gets_it(string role)
    {
        using var person = await world.SignInAsync($"person-{role}", Enum.Parse<Role>(role), "payments", "payments-leads");
        var before = world.Portal.Record.Count(row => row.Action == AuditAction.Exported);

        using var answer = await person.Http.GetAsync("/audit/access.csv", Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await answer.Content.ReadAsStringAsync(Token)).ShouldContain("Admins and auditors");
        world.Portal.Record.Count(row => row.Action == AuditAction.Exported).ShouldBe(before);
    }

    [Fact]
    public async Task Who_is_not_signed_in_comes_to_the_door()
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = world.Portal.Address };

        using var answer = await http.GetAsync("/audit/access.csv", Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }
}
