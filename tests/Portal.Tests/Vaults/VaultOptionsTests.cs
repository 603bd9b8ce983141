using Microsoft.Extensions.Options;
using Portal.Vaults;

namespace Portal.Tests.Vaults;

public sealed class VaultOptionsTests
{
    private static readonly (string Key, string Value)[] HashiCorp = [("Vault:HashiCorp:Address", "https://vault.example.com:8200"), ("Vault:HashiCorp:TokenFile", "/run/token")];

    [Fact]
    public void What_is_left_out_has_its_default()
    {
        var options = Read(HashiCorp);

        options.Provider.ShouldBe(VaultProvider.HashiCorp);
        options.CacheFor.ShouldBe(TimeSpan.FromMinutes(5));
        options.HashiCorp.Namespace.ShouldBeNull();
        options.HashiCorp.CaFile.ShouldBeNull();
        options.HashiCorp.Mount.ShouldBe("secret");
        options.ApiToken.ShouldBe(new SecretPlace("pool-portal", "token"));
    }

    [Fact]
    public void The_token_of_an_Azure_Key_Vault_has_a_name() =>
        Read(("Vault:Provider", "AzureKeyVault"), ("Vault:AzureKeyVault:Address", "https://pools.vault.azure.net")).ApiToken.ShouldBe(new SecretPlace("pool-portal-token", ""));

    [Fact]
    public void The_token_of_a_file_is_the_file() =>
        Read(("Vault:Provider", "File"), ("Vault:File:Path", "/run/secrets/token")).ApiToken.ShouldBe(new SecretPlace("/run/secrets/token", "token"));

    [Theory]
    [InlineData("0:00:00")]
    [InlineData("1:00:00")]
    public void A_secret_may_be_cached_for(string time) => Read([.. HashiCorp, ("Vault:CacheFor", time)]).CacheFor.ShouldBe(TimeSpan.Parse(time, null));

    [Theory]
    [InlineData("-0:00:01")]
    [InlineData("1:00:01")]
    public void A_secret_may_not_be_cached_for(string time) =>
        Refusal([.. HashiCorp, ("Vault:CacheFor", time)]).ShouldBe("Vault:CacheFor must be from 0:00:00 to 1:00:00.");

    [Theory]
    [InlineData("")]
    [InlineData("vault.example.com")]
    [InlineData("http://vault.example.com:8200")]
    [InlineData("http://10.0.0.1:8200")]
    [InlineData("https://vault.example.com/v1")]
    [InlineData("https://root:hunter2@vault.example.com")]
    public void A_vault_may_not_be_at(string address) =>
        Refusal([HashiCorp[1], ("Vault:HashiCorp:Address", address)]).ShouldBe("Vault:HashiCorp:Address must be the vault's https address without a path, for example https://vault.example.com:8200. Plain http is taken on loopback only.");

    [Theory]
    [InlineData("http://localhost:8200")]
    [InlineData("http://127.0.0.1:5081/")]
    public void A_vault_may_be_on_this_machine(string address) => Read([HashiCorp[1], ("Vault:HashiCorp:Address", address)]).HashiCorp.Address.ShouldBe(address);

    [Theory]
    [InlineData("Mount")]
    [InlineData("Path")]
    [InlineData("Field")]
    public void A_part_of_the_way_may_not_be_empty(string key) =>
        Refusal([.. HashiCorp, ($"Vault:HashiCorp:{key}", "/")]).ShouldBe($"Vault:HashiCorp:{key} must not be empty.");

    [Fact]
    public void A_file_of_authorities_has_to_be_there() =>
        Refusal([.. HashiCorp, ("Vault:HashiCorp:CaFile", "/nowhere/ca.pem")]).ShouldBe("Vault:HashiCorp:CaFile: there is no file /nowhere/ca.pem.");

    [Theory]
    [InlineData]
    [InlineData("RoleId")]
    [InlineData("SecretIdFile")]
    [InlineData("RoleId", "SecretIdFile", "TokenFile")]
    [InlineData("RoleId", "TokenFile")]
    [InlineData("KubernetesRole", "TokenFile")]
    [InlineData("KubernetesRole", "RoleId", "SecretIdFile")]
    [InlineData("SecretIdFile", "TokenFile")]
    public void There_is_one_way_to_sign_in(params string[] given) =>
        Refusal([HashiCorp[0], .. given.Select(key => ($"Vault:HashiCorp:{key}", "x"))])
            .ShouldBe("Vault:HashiCorp needs one way to sign in: RoleId and SecretIdFile together, KubernetesRole alone, or TokenFile alone.");

    [Fact]
    public void An_AppRole_is_a_way_to_sign_in() =>
        Read(HashiCorp[0], ("Vault:HashiCorp:RoleId", "role"), ("Vault:HashiCorp:SecretIdFile", "/run/secret-id")).HashiCorp.RoleId.ShouldBe("role");

    [Theory]
    [InlineData("")]
    [InlineData("http://pools.vault.azure.net")]
    [InlineData("https://pools.vault.azure.net/secrets")]
    public void An_Azure_Key_Vault_may_not_be_at(string address) =>
        Refusal(("Vault:Provider", "AzureKeyVault"), ("Vault:AzureKeyVault:Address", address))
            .ShouldBe("Vault:AzureKeyVault:Address must be the vault's https address without a path, for example https://pools.vault.azure.net.");

    [Fact]
    public void The_name_of_an_Azure_secret_may_not_be_empty() =>
        Refusal(("Vault:Provider", "AzureKeyVault"), ("Vault:AzureKeyVault:Address", "https://pools.vault.azure.net"), ("Vault:AzureKeyVault:Name", ""))
            .ShouldBe("Vault:AzureKeyVault:Name must name the secret with the API token.");

    [Fact]
    public void A_vault_of_files_needs_a_path() =>
        Refusal([("Vault:Provider", "File")]).ShouldBe("Vault:File:Path must name the file with the API token, or the folder it is in.");

    [Fact]
    public void An_unknown_provider_is_named() => Refusal([("Vault:Provider", "7")]).ShouldBe("Vault:Provider must be HashiCorp, AzureKeyVault or File.");

    [Theory]
    [InlineData("Vault:Token")]
    [InlineData("Vault:HashiCorp:Token")]
    [InlineData("Vault:HashiCorp:SecretId")]
    public void A_secret_in_the_settings_stops_the_start_and_is_not_quoted(string key) =>
        Should.Throw<OptionsValidationException>(() => Read([.. HashiCorp, (key, "hunter2")])).Message
            .ShouldSatisfyAllConditions(
                message => message.ShouldContain($"{key} is no setting."),
                message => message.ShouldNotContain("hunter2"));

    private static VaultOptions Read(params (string Key, string Value)[] settings) =>
        OptionsUnderTest.Read<VaultOptions>(services => services.AddVaults(), settings);

    private static string Refusal(params (string Key, string Value)[] settings) =>
        OptionsUnderTest.Refusal<VaultOptions>(services => services.AddVaults(), settings);
}
