using Portal.Changes;
using Portal.DigitalOcean;
using Portal.IntegrationTests.Changes;
using Portal.Sandbox;
using Portal.Sandbox.Control;

namespace Portal.IntegrationTests.Vaults;

/// <summary>The API token is replaced in the vault while changes are carried out.</summary>
public sealed class RotationTests : VaultScene
{
    [Fact]
    public async Task A_token_that_is_replaced_under_load_loses_and_doubles_nothing()
    {
        await using var portal = await StartAsync(("Changes:AtATime", "8"));
        await portal.ReadAsync(SandboxClusters.OrdersProd);
        var developer = await portal.SignInDeveloperAsync();
        var first = await portal.SubmitAsync(developer, ChangeScene.Request("pool-00", "1"));
        await portal.WaitAsync(first.Id, change => change.IsFinished);

        // From here on the API refuses the old token, as after it was revoked, until the vault holds the new one.
        var changes = await Task.WhenAll(Enumerable.Range(1, 18).Select(async number =>
        {
            if (number == 6)
            {
                _sandbox.RevokeApiToken("all-scopes");
                _sandbox.WriteSecret("pool-portal", new { token = "dop_v1_sandbox_noview" });
            }

            var change = await portal.SubmitAsync(developer, ChangeScene.Request($"pool-{number:00}", "1"));
            return await portal.WaitAsync(change.Id, now => now.IsFinished);
        }));

        changes.ShouldAllBe(change => change.State == ChangeState.Done);
        _sandbox.Ledger.Entries.Count(entry => entry.Effect is Effect.Created).ShouldBe(19);
        _sandbox.Ledger.Entries.ShouldContain(entry => entry.Status == 401);
        (await portal.Of<IApiTokenSource>().GetAsync(TokenPurpose.Manage, CancellationToken.None)).TryGet(out var token, out _).ShouldBeTrue();
        token!.Version.ShouldBe("2");
        portal.Record.Where(row => row.ChangeId == changes[^1].Id).ShouldContain(row => row.Details.Contains("\"tokenVersion\":\"2\"", StringComparison.Ordinal));
    }
}
