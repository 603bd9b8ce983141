using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Portal.Access;
using Portal.Audit;
using Portal.Changes;
using Portal.Changes.Notices;
using Portal.Connections;
using Portal.Inventory;
using Portal.Operations.Telemetry;
using Portal.Shell;
using Portal.Storage;
using Portal.Vaults;

namespace Portal.Tests.Conventions;

/// <summary>appsettings.json shows every setting that has a default, with that default; appsettings.Sandbox.json names no setting that does not exist.</summary>
public sealed class SettingsTests
{
    private static readonly Type[] Options =
    [
        typeof(AccessOptions),
        typeof(AuditOptions),
        typeof(ChangesOptions),
        typeof(ConnectionLimits),
        typeof(ConnectionsOptions),
        typeof(DatabaseOptions),
        typeof(DigitalOceanOptions),
        typeof(InventoryOptions),
        typeof(NoticesOptions),
        typeof(SignInOptions),
        typeof(TelemetryOptions),
        typeof(VaultOptions),
    ];

    /// <summary>What belongs to the framework or an editor, and the list of teams, which has no default.</summary>
    private static readonly string[] Others = ["$schema", "Logging", TeamsOptions.Section];

    public static TheoryData<Type> All => [.. Options];

    [Fact]
    public void Every_room_with_settings_is_here() =>
        Code.Written(Code.Portal)
            .Where(type => type.GetField("Section", BindingFlags.Public | BindingFlags.Static)?.IsLiteral is true)
            .Except([typeof(TeamsOptions)])
            .ShouldBe(Options, ignoreOrder: true);

    [Theory]
    [MemberData(nameof(All))]
    public void The_file_holds_the_defaults_of_the_code(Type options)
    {
        var byFile = Activator.CreateInstance(options)!;
        File("appsettings.json").GetSection(SectionOf(options)).Bind(byFile, binder => binder.ErrorOnUnknownConfiguration = true);

        Written(byFile).ShouldBe(Written(Activator.CreateInstance(options)!));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_file_shows_every_setting_that_has_a_default(Type options)
    {
        var section = File("appsettings.json").GetSection(SectionOf(options));
        Settings(options, Activator.CreateInstance(options)!, "").Where(setting => !section.GetSection(setting).Exists()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("appsettings.json")]
    [InlineData("appsettings.Sandbox.json")]
    public void A_file_has_no_section_that_nobody_reads(string name) =>
        File(name).GetChildren().Select(section => section.Key).Except([.. Options.Select(SectionOf), .. Others], StringComparer.Ordinal).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(All))]
    public void The_settings_of_the_sandbox_can_be_read(Type options) =>
        Should.NotThrow(() => File("appsettings.json", "appsettings.Sandbox.json")
            .GetSection(SectionOf(options))
            .Get(options, binder => binder.ErrorOnUnknownConfiguration = true));

    [Fact]
    public void The_teams_of_the_sandbox_reach_their_own_users_only()
    {
        var teams = File("appsettings.Sandbox.json").GetSection(TeamsOptions.Section)
            .Get<List<TeamOptions>>(binder => binder.ErrorOnUnknownConfiguration = true)!
            .ToDictionary(team => team.Name, team => new Team(team), StringComparer.Ordinal);
        var orders = new ClusterIdentity(Guid.Empty, "orders-prod", ["production", "orders"]);
        var payments = new ClusterIdentity(Guid.Empty, "payments-staging", ["staging", "payments"]);

        teams["Payments"].Uses(orders, "checkout", "app").ShouldBeTrue();
        teams["Payments"].Uses(orders, "checkout", "checkout").ShouldBeTrue();
        teams["Payments"].Uses(payments, "payments", "ledger").ShouldBeTrue();
        teams["Payments"].Uses(orders, "orders", "app").ShouldBeFalse();
        teams["Payments"].Uses(payments, "payments", "doadmin").ShouldBeFalse();

        teams["Orders"].Uses(orders, "orders", "orders_app").ShouldBeTrue();
        teams["Orders"].Uses(orders, "reports", "reporting").ShouldBeTrue();
        teams["Orders"].Uses(orders, "checkout").ShouldBeFalse();
        foreach (var user in new[] { "app", "checkout", "payments", "doadmin" })
        {
            teams["Orders"].Uses(orders, "orders", user).ShouldBeFalse();
        }

        teams["Orders"].Uses(payments).ShouldBeFalse();
    }

    [Theory]
    [InlineData("appsettings.json")]
    [InlineData("appsettings.Sandbox.json")]
    public void No_file_holds_a_secret(string name) =>
        File(name).AsEnumerable()
            .Where(setting => setting.Value is { } value && (value.Contains("dop_v1", StringComparison.Ordinal) || value.Contains("assword", StringComparison.Ordinal)))
            .ShouldBeEmpty();

    private static IConfigurationRoot File(params string[] names)
    {
        var builder = new ConfigurationBuilder().SetBasePath(Repository.Top);
        return names.Aggregate((IConfigurationBuilder)builder, (files, name) => files.AddJsonFile(name, optional: false)).Build();
    }

    internal static string SectionOf(Type options) => (string)options.GetField("Section", BindingFlags.Public | BindingFlags.Static)!.GetRawConstantValue()!;

    private static string Written(object options) => JsonSerializer.Serialize(options, options.GetType());

    /// <summary>The keys of all settings that have a value of their own before anything is read.</summary>
    private static IEnumerable<string> Settings(Type type, object value, string prefix) =>
        from property in type.GetProperties()
        where property.SetMethod is not null
        let own = property.GetValue(value)
        where own is not (null or "")
        from key in property.PropertyType.Namespace!.StartsWith("Portal", StringComparison.Ordinal) && property.PropertyType.IsClass
            ? Settings(property.PropertyType, own, $"{prefix}{property.Name}:")
            : [$"{prefix}{property.Name}"]
        select key;
}
