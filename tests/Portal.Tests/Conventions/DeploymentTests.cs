using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Portal.Access;
using Portal.Operations;

namespace Portal.Tests.Conventions;

/// <summary>Image, compose and Kubernetes say the same as the code: settings, addresses, times, and no secret.</summary>
public sealed partial class DeploymentTests
{
    /// <summary>What the portal tells an open page at least so often (Shell); a proxy must be more patient.</summary>
    private const int SecondsBetweenPings = 15;

    private static readonly string[] OfTheFramework = ["ASPNETCORE_HTTP_PORTS", "ASPNETCORE_ENVIRONMENT", "DOTNET_EnableDiagnostics"];

    [Fact]
    public void Every_variable_is_a_setting_that_exists_with_a_value_that_it_takes()
    {
        Deployment.Variables.Select(variable => variable.File).Distinct().Count().ShouldBe(6);
        Deployment.Variables.GroupBy(variable => variable.File).SelectMany(Faults).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Vault__HashiCorp__Adress", "https://vault.example.com:8200")]
    [InlineData("Vaults__CacheFor", "00:05:00")]
    [InlineData("Database__Provider", "Postgres")]
    [InlineData("POSTGRES_PASSWORD", "x")]
    public void A_variable_that_is_no_setting_is_found(string name, string value) =>
        Faults([new("file", name, value)]).ShouldHaveSingleItem();

    [Fact]
    public void The_file_of_teams_can_be_read()
    {
        var configuration = new ConfigurationBuilder().AddJsonFile(Path.Combine(Repository.Top, "deploy/kubernetes/overlays/example/appsettings.Production.json")).Build();

        configuration.GetChildren().Select(section => section.Key).ShouldBe([TeamsOptions.Section]);
        TeamsOptionsValidator.Bind(configuration).ShouldHaveSingleItem().Uses.ShouldNotBeEmpty();
    }

    [Fact]
    public void Probes_ask_addresses_and_ports_that_exist()
    {
        Address("startupProbe").ShouldBe((OperationsRoom.LiveAddress, "http"));
        Address("livenessProbe").ShouldBe((OperationsRoom.LiveAddress, "http"));
        Address("readinessProbe").ShouldBe((OperationsRoom.ReadyAddress, "http"));

        var ports = Deployment.Container["ports"]!.AsArray().ToDictionary(port => port!["name"]!.ToString(), port => port!["containerPort"]!.ToString());
        ports["http"].ShouldBe(Deployment.Variables.Single(variable => variable is { File: "deploy/kubernetes/base/settings.env", Name: "ASPNETCORE_HTTP_PORTS" }).Value);
        ports.Keys.ShouldContain(Deployment.Yaml["deploy/kubernetes/base/service.yaml"]["spec"]!["ports"]![0]!["targetPort"]!.ToString());
        Deployment.Dockerfile.ShouldContain("""HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["dotnet", "Portal.dll", "health"]""");
        HealthCommand.IsWanted(["health"]).ShouldBeTrue();

        static (string, string) Address(string probe) =>
            (Deployment.Container[probe]!["httpGet"]!["path"]!.ToString(), Deployment.Container[probe]!["httpGet"]!["port"]!.ToString());
    }

    [Fact]
    public void Whoever_stops_the_portal_waits_until_it_is_gone()
    {
        var before = Number(Deployment.Container["lifecycle"]!["preStop"]!["sleep"]!["seconds"]!.ToString());
        Number(Deployment.Pod["terminationGracePeriodSeconds"]!.ToString()).ShouldBeGreaterThan(before + (int)OperationsRoom.GoneWithin.TotalSeconds + 5);

        Number(Deployment.Yaml["docker-compose.yml"]["services"]!["portal"]!["stop_grace_period"]!.ToString().TrimEnd('s'))
            .ShouldBeGreaterThan((int)OperationsRoom.GoneWithin.TotalSeconds + 5);
    }

    [Fact]
    public void Proxies_are_more_patient_than_the_portal_is_silent()
    {
        foreach (Match timeout in Timeouts().Matches(Deployment.TextOf("deploy/nginx/pool-portal-proxy.conf") + Deployment.TextOf("deploy/kubernetes/base/ingress.yaml")))
        {
            Number(timeout.Groups["seconds"].Value).ShouldBeGreaterThan(3 * SecondsBetweenPings, timeout.Value);
        }

        Timeouts().Count(Deployment.TextOf("deploy/kubernetes/base/ingress.yaml")).ShouldBe(2);
        Timeouts().Count(Deployment.TextOf("deploy/nginx/pool-portal-proxy.conf")).ShouldBe(2);
        Repository.Files.Single(file => file.Path == "src/Portal/Shell/ShellRoom.cs").Text.ShouldContain($"KeepAliveInterval = TimeSpan.FromSeconds({SecondsBetweenPings})");
    }

    [Fact]
    public void The_container_has_no_rights_and_nowhere_to_write_but_where_it_is_given()
    {
        Deployment.Pod["securityContext"]!["runAsNonRoot"]!.ToString().ShouldBe("true");
        Deployment.Pod["securityContext"]!["seccompProfile"]!["type"]!.ToString().ShouldBe("RuntimeDefault");
        Deployment.Pod["automountServiceAccountToken"]!.ToString().ShouldBe("false");
        Deployment.Container["securityContext"]!["readOnlyRootFilesystem"]!.ToString().ShouldBe("true");
        Deployment.Container["securityContext"]!["allowPrivilegeEscalation"]!.ToString().ShouldBe("false");
        Deployment.Container["securityContext"]!["capabilities"]!["drop"]![0]!.ToString().ShouldBe("ALL");

        var portal = Deployment.Yaml["docker-compose.yml"]["services"]!["portal"]!;
        portal["read_only"]!.ToString().ShouldBe("true");
        portal["cap_drop"]![0]!.ToString().ShouldBe("ALL");

        var stage = Deployment.Dockerfile.Split("AS portal")[1].Split("\nFROM ")[0];
        stage.ShouldContain($"\nUSER {Deployment.Pod["securityContext"]!["runAsUser"]}:{Deployment.Pod["securityContext"]!["runAsGroup"]}\n");
        stage.ShouldNotContain("\nRUN ");
    }

    [Fact]
    public void Every_image_has_a_tag()
    {
        string[] images =
        [
            .. Deployment.Yaml.Values.SelectMany(Deployment.Scalars).Where(scalar => scalar.Path.EndsWith(".image", StringComparison.Ordinal)).Select(scalar => scalar.Value),
            .. BaseImage().Matches(Deployment.Dockerfile).Select(image => image.Groups["image"].Value),
        ];

        images.Length.ShouldBeGreaterThan(6);
        images.Where(image => !Tag().IsMatch(image)).ShouldBeEmpty();
    }

    [Fact]
    public void No_file_holds_a_secret()
    {
        Deployment.Yaml.Where(file => file.Value is JsonObject map && map["kind"]?.ToString() is "Secret").Select(file => file.Key).ShouldBeEmpty();
        Repository.Files.Where(file => file.Path.StartsWith("deploy/", StringComparison.Ordinal) || file.Path.StartsWith("docker-compose", StringComparison.Ordinal))
            .SelectMany(file => file.Places(SecretValue(), withoutWords: false))
            .ShouldBeEmpty();

        SecretValue().IsMatch("POSTGRES_PASSWORD: portal").ShouldBeTrue();
        SecretValue().IsMatch("DATABASE=Host=db;Username=portal;Password=portal").ShouldBeTrue();
        SecretValue().IsMatch("automountServiceAccountToken: false").ShouldBeFalse();
        SecretValue().IsMatch("Vault__HashiCorp__SecretIdFile: /run/secrets/vault-secret-id").ShouldBeFalse();
    }

    [Fact]
    public void A_desk_publishes_its_ports_to_itself_alone()
    {
        var sandbox = Deployment.Yaml["docker-compose.override.yml"]["services"]!["sandbox"]!;
        var ports = sandbox["ports"]!.AsArray().Select(port => port!.ToString()).ToList();
        var pools = sandbox["environment"]!["Sandbox__PoolPorts"]!.ToString();

        ports.ShouldAllBe(port => port.StartsWith("127.0.0.1:", StringComparison.Ordinal));
        ports.ShouldContain($"127.0.0.1:{pools}:{pools}");
        Deployment.Yaml["docker-compose.yml"]["services"]!.AsObject().ShouldAllBe(service => service.Value!["ports"] == null);

        var settings = Repository.Files.Single(file => file.Path == "src/Portal.Sandbox/SandboxOptions.cs").Text;
        sandbox["environment"]!.AsObject().Select(variable => variable.Key["Sandbox__".Length..])
            .ShouldAllBe(setting => settings.Contains($" {setting} {{ get; init; }}", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_mounted_and_copied_is_there()
    {
        var mounted = Deployment.ComposeFiles.SelectMany(file => Deployment.Scalars(Deployment.Yaml[file]))
            .Select(scalar => scalar.Value).Where(value => value.StartsWith("./", StringComparison.Ordinal)).Select(value => value.Split(':')[0]).ToList();
        mounted.Count.ShouldBe(4);

        // What the project imports must be there before its packages are restored.
        var imported = Imported().Matches(Deployment.TextOf("src/Portal/Portal.csproj")).Select(import => import.Groups["file"].Value).ToList();
        imported.Count.ShouldBeGreaterThan(3);
        imported.Where(file => !Deployment.Dockerfile.Split("dotnet restore")[0].Contains(file, StringComparison.Ordinal)).ShouldBeEmpty();

        mounted.Concat(imported).Where(file => !File.Exists(Path.Combine(Repository.Top, file))).ShouldBeEmpty();
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>The settings of one file, bound as the portal binds them.</summary>
    private static IEnumerable<string> Faults(IEnumerable<Variable> variables)
    {
        var ours = variables.Where(variable => !OfTheFramework.Contains(variable.Name, StringComparer.Ordinal)).ToList();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(ours.Select(variable => KeyValuePair.Create(variable.Setting, (string?)variable.Value))).Build();
        var sections = Code.Written(Code.Portal)
            .Select(type => (Type: type, Section: type.GetField("Section", BindingFlags.Public | BindingFlags.Static)))
            .Where(options => options.Section?.IsLiteral is true && options.Type != typeof(TeamsOptions))
            .ToDictionary(options => (string)options.Section!.GetRawConstantValue()!, options => options.Type, StringComparer.Ordinal);

        foreach (var variable in ours.Where(variable => !sections.ContainsKey(variable.Setting.Split(':')[0])))
        {
            yield return $"{variable.File}: {variable.Name} is no setting.";
        }

        foreach (var (section, type) in sections)
        {
            string? fault = null;
            try
            {
                configuration.GetSection(section).Get(type, binder => binder.ErrorOnUnknownConfiguration = true);
            }
            catch (InvalidOperationException exception)
            {
                fault = $"{ours[0].File}: {exception.Message}";
            }

            if (fault is not null)
            {
                yield return fault;
            }
        }
    }

    [GeneratedRegex(@"proxy[-_](?:read|send)[-_]timeout:? ""?(?<seconds>\d+)", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Timeouts();

    [GeneratedRegex(@"^ARG \w+_IMAGE=(?<image>\S+)$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 10_000)]
    private static partial Regex BaseImage();

    [GeneratedRegex(@":(?!latest$)[\w$][\w.${}:-]*$", RegexOptions.None, 10_000)]
    private static partial Regex Tag();

    [GeneratedRegex(@"(?:PASSWORD|Password|SECRET|Secret|TOKEN|Token)\w*(?<!File|FILE|Path|PATH|Field|FIELD)\s?[:=]\s?(?!false\b)[\w/+]|dop_v1|hvs\.|BEGIN [A-Z ]*PRIVATE KEY", RegexOptions.None, 10_000)]
    private static partial Regex SecretValue();

    [GeneratedRegex("<Import Project=\"../../(?<file>[^\"]+)\"", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Imported();
}
