namespace Portal.Sandbox.DigitalOcean;

/// <summary>Who the account belongs to, and what can be ordered.</summary>
internal static class Catalogue
{
    private static readonly string[] Regions = ["ams3", "fra1", "lon1", "nyc1", "nyc3", "sfo3", "sgp1", "tor1"];
    private static readonly string[] ManyNodes = ["db-s-1vcpu-2gb", "db-s-2vcpu-4gb", "db-s-4vcpu-8gb", "db-s-6vcpu-16gb", "gd-2vcpu-8gb", "gd-4vcpu-16gb", "gd-8vcpu-32gb", "so1_5-2vcpu-16gb"];
    private static readonly string[] OneNode = ["db-s-1vcpu-1gb", .. ManyNodes];
    private static readonly WireLayout[] Layouts = [new(1, OneNode), new(2, ManyNodes), new(3, ManyNodes)];

    public static readonly WireAccountBody Account = new(new WireAccount(
        DropletLimit: 25,
        FloatingIpLimit: 3,
        Email: "sandbox@example.com",
        Name: "Sandbox",
        Uuid: "5b0c7a1e9f2d4c3b8a6e5d4c3b2a1f0e9d8c7b6a",
        EmailVerified: true,
        Status: "active",
        StatusMessage: "",
        new WireTeam("6c1d8b2f0a3e5d4c9b7f6e5d4c3b2a1f0e9d8c7b", "Sandbox")));

    public static readonly WireOptionsBody Options = new(
        new WireEngines(
            new WireEngine(Regions, ["14", "15", "16", "17"], Layouts, "17"),
            new WireEngine(Regions, ["8"], Layouts, "8")),
        new WireAvailabilities(
            [
                new WireAvailability("14", "2026-11-12T00:00:00Z", "2026-05-12T00:00:00Z", Default: false),
                new WireAvailability("15", "2027-11-11T00:00:00Z", "2027-05-11T00:00:00Z", Default: false),
                new WireAvailability("16", "2028-11-09T00:00:00Z", "2028-05-09T00:00:00Z", Default: false),
                new WireAvailability("17", EndOfLife: null, EndOfAvailability: null, Default: true),
            ],
            [new WireAvailability("8", EndOfLife: null, EndOfAvailability: null, Default: true)]));
}
