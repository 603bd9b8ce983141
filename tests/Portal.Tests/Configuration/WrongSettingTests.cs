using Portal.Access;
using Portal.Changes;
using Portal.Tests.Conventions;
using Portal.Vaults;

namespace Portal.Tests.Configuration;

/// <summary>Every setting in turn is given what it cannot be, and the start names it.</summary>
public sealed class WrongSettingTests(WrongSettingTests.Portals portals) : IClassFixture<WrongSettingTests.Portals>
{
    public static TheoryData<string> Values => [.. Leaves.Where(setting => setting.Kind != typeof(string)).Select(setting => setting.Key)];

    public static TheoryData<string> Numbers => [.. Leaves.Where(setting => !setting.Key.StartsWith("Teams", StringComparison.Ordinal)
        && (setting.Kind == typeof(int) || setting.Kind == typeof(double) || setting.Kind == typeof(TimeSpan))).Select(setting => setting.Key)];

    public static TheoryData<string> AllSections => [.. ConfigurationTests.Sections.SelectMany(section => section.All).Where(setting => setting.Inner.Count > 0).Select(setting => setting.Key)];

    private static IEnumerable<Setting> Leaves => ConfigurationTests.Sections.SelectMany(section => section.All).Where(setting => setting.Inner.Count == 0);

    [Fact]
    public void The_least_settings_are_taken_by_every_room()
    {
        foreach (var section in ConfigurationTests.Sections)
        {
            portals.Portal.Faults(OptionsOf(section.Key)).ShouldBeEmpty();
        }
    }

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_of_another_kind_is_refused_by_its_name(string key)
    {
        var fault = portals.Portal.Faults(OptionsOf(key), (In(key), "no-such-thing")).ShouldHaveSingleItem();

        fault.ShouldStartWith($"{In(key)} must be ");
        fault.ShouldNotContain("Portal.");
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_value_below_all_that_can_be_is_refused_by_its_name(string key)
    {
        var isTime = Leaves.Single(setting => setting.Key == key).Kind == typeof(TimeSpan);

        portals.Portal.Faults(OptionsOf(key), (key, isTime ? "-00:00:01" : "-1")).ShouldContain(fault => fault.StartsWith(key, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_value_above_all_that_can_be_is_refused_by_its_name(string key)
    {
        var isTime = Leaves.Single(setting => setting.Key == key).Kind == typeof(TimeSpan);

        portals.Portal.Faults(OptionsOf(key), (key, isTime ? "10000.00:00:00" : "2000000")).ShouldContain(fault => fault.StartsWith(key, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(AllSections))]
    public void A_key_that_does_not_exist_is_refused_with_those_that_do(string section)
    {
        var setting = ConfigurationTests.Sections.SelectMany(one => one.All).Single(one => one.Key == section);
        var within = In(setting.IsList ? $"{section}:N" : section);

        var fault = portals.Portal.Faults(OptionsOf(section), ($"{within}:NoSuchKey", "x")).ShouldHaveSingleItem();

        fault.ShouldStartWith($"{within}:NoSuchKey is no setting. In {within} there are ");
        fault.ShouldContain(setting.Inner[0].Name);
    }

    [Fact]
    public void Several_faults_of_a_section_are_said_at_once() =>
        portals.Portal.Faults(typeof(ChangesOptions), ("Changes:AtOnceSize", "few"), ("Changes:Mode", "2"), ("Changes:Leases", "x")).ShouldBe(
        [
            "Changes:AtOnceSize must be a whole number, for example 5.",
            "Changes:Leases is no setting. In Changes there are Mode, AtOnceSize, AtOnceShare, ClusterShare, ReviewExpiresAfter, ReviewRemindedAfter, ReadBackAfter, ReadBackTimes, SendAgainTimes, ReadBackFor, NotReadyWait, NotReadyTimes, RetryAfter, LookEvery, Lease, AtATime and EndCallsFor.",
            "Changes:Mode must be On or LookOnly.",
        ]);

    [Fact]
    public void A_section_in_the_place_of_a_value_and_a_value_in_the_place_of_a_section_are_refused()
    {
        portals.Portal.Faults(typeof(VaultOptions), ("Vault:AzureKeyVault", "x")).ShouldHaveSingleItem().ShouldBe("Vault:AzureKeyVault must be a section with Address, Name and CredentialsName.");
        portals.Portal.Faults(typeof(VaultOptions), ("Vault:KeysPath:Name", "x")).ShouldHaveSingleItem().ShouldBe("Vault:KeysPath must be one text.");
        portals.Portal.Faults(typeof(AccessOptions), ("Access:StepUp:Clusters", "x")).ShouldHaveSingleItem().ShouldBe("Access:StepUp:Clusters must be a list, for example Access:StepUp:Clusters:0.");
    }

    /// <summary>The first place of each list.</summary>
    private static string In(string key) => string.Join(':', key.Split(':').Select(part => part == "N" ? "0" : part));

    private static Type OptionsOf(string key) =>
        SettingsTests.All.Select(row => row.Data).SingleOrDefault(options => SettingsTests.SectionOf(options) == key.Split(':')[0]) ?? typeof(TeamsOptions);

    public sealed class Portals : IAsyncDisposable
    {
        internal SettingsOfPortal Portal { get; } = new();

        public ValueTask DisposeAsync() => Portal.DisposeAsync();
    }
}
