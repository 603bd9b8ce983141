using Microsoft.Extensions.Diagnostics.HealthChecks;
using Portal.Audit;
using Portal.Changes;
using Portal.IntegrationTests.Changes;
using Portal.Inventory;
using Portal.Sandbox;

namespace Portal.IntegrationTests.Vaults;

/// <summary>Two API tokens by scope, and what is said when they are not what the portal needs.</summary>
public sealed class TwoTokensTests : VaultScene
{
    private const string Field = "Vault:HashiCorp:Field";
    private const string CredentialsField = "Vault:HashiCorp:CredentialsField";

    [Theory]
    [InlineData("token_without_passwords", "token", null)]
    [InlineData("token", "", null)]
    [InlineData("token_without_passwords", "", "The API token that is for passwords lacks the scope database:view_credentials: connections are copied without their password.")]
    [InlineData("token", "second", "The API token that is not for passwords may read them all the same: take the scope database:view_credentials from it.")]
    public async Task Scopes_that_are_missing_or_too_many_are_named_at_the_start(string field, string credentialsField, string? trouble)
    {
        _sandbox.WriteSecret("pool-portal", new { token = "dop_v1_sandbox", token_without_passwords = "dop_v1_sandbox_noview", second = "dop_v1_sandbox" });
        await using var portal = await StartAsync((Field, field), (CredentialsField, credentialsField));

        (await portal.Of<TokenScopes>().TryAsync(CancellationToken.None)).ShouldBeTrue();

        var health = await portal.Of<TokenScopes>().CheckHealthAsync(new HealthCheckContext(), CancellationToken.None);
        health.Status.ShouldBe(trouble is null ? HealthStatus.Healthy : HealthStatus.Degraded);
        health.Description.ShouldBe(trouble ?? "The API tokens may read what they are for. Whether they may create, update and delete shows when they do.");
        portal.Record.ShouldContain(row => row.Action == AuditAction.ScopesTried && row.Details.Contains("databases_list_users 200", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_token_that_is_refused_says_nothing_about_scopes()
    {
        _sandbox.WriteSecret("pool-portal", new { token = "dop_v1_unknown" });
        await using var portal = await StartAsync();
        (await portal.Of<TokenScopes>().TryAsync(CancellationToken.None)).ShouldBeFalse();
        portal.Record.ShouldNotContain(row => row.Action == AuditAction.ScopesTried);
    }

    [Fact]
    public async Task A_change_never_takes_the_token_for_passwords()
    {
        await using var portal = await StartAsync((Field, "token_without_passwords"), (CredentialsField, "token"));
        await portal.ReadAsync(SandboxClusters.OrdersProd);

        (await portal.CreateAsync(await portal.SignInDeveloperAsync(), ChangeScene.Request())).State.ShouldBe(ChangeState.Done);

        _sandbox.Ledger.Entries.Where(entry => entry.Path.StartsWith("/v2", StringComparison.Ordinal) && entry.Path.Contains("/pools", StringComparison.Ordinal) && entry.Method != "GET")
            .ShouldHaveSingleItem().Token.ShouldBe("no-view");
    }
}
