using System.Text.Json;
using Portal.Sandbox;
using Portal.Sandbox.Control;

namespace Portal.IntegrationTests.Sandbox;

public sealed class LedgerTests
{
    [Fact]
    public async Task Every_call_is_a_row_here_over_http_and_in_the_file_and_none_has_a_secret()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            await using var host = await ColdSandbox.StartAsync(options => options with { LedgerPath = path });
            using var api = new SandboxApi(host);
            await api.AddPoolAsync(SandboxClusters.OrdersProd, "one", user: "checkout");
            await api.GetAsync("/v2/databases?tag_name=payments");
            await api.SendAsync(HttpMethod.Post, "/v1/auth/approle/login", JsonSerializer.Serialize(new { role_id = host.VaultRoleId, secret_id = host.VaultSecretId }));
            await api.GetAsync("/oidc/jwks?code=code-of-somebody");
            using var stranger = new SandboxApi(host, "dop_v1_secret_of_somebody");
            await stranger.GetAsync("/v2/account");

            host.Ledger.Entries.Select(entry => entry.Operation).ShouldBe(
                ["databases_add_connectionPool", "databases_list_clusters", "vault_approle_login", "oidc_jwks", "account_get"]);
            host.Ledger.Entries.Select(entry => entry.Sequence).ShouldBe([1, 2, 3, 4, 5]);
            host.Ledger.Entries.Select(entry => entry.Token).ShouldBe(["all-scopes", "all-scopes", null, null, null]);
            host.Ledger.Entries[1].Path.ShouldBe("/v2/databases");

            using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            var file = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
            file.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonSerializer.Deserialize<LedgerEntry>(line, JsonSerializerOptions.Web))
                .ShouldBe(host.Ledger.Entries);

            var since = await api.GetAsync("/sandbox/ledger?since=3");
            since.Json.GetProperty("entries").GetArrayLength().ShouldBe(2);
            var everything = (await api.GetAsync("/sandbox/ledger")).Body + file;
            foreach (var secret in host.Secrets.Concat(["dop_v1", "code-of-somebody"]))
            {
                everything.ShouldNotContain(secret);
            }
        }
        finally
        {
            File.Delete(path);
        }
    }
}
