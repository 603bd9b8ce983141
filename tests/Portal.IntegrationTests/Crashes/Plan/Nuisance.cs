namespace Portal.IntegrationTests.Crashes;

/// <summary>What goes wrong beside DigitalOcean's API while a round runs.</summary>
internal enum Nuisance
{
    /// <summary>The portal starts again before a vault that is sealed.</summary>
    VaultSealed,

    /// <summary>The vault answers some calls with errors.</summary>
    VaultFails,

    /// <summary>The sign-in's provider is away.</summary>
    ProviderAway,

    /// <summary>Somebody else holds the database's lock for longer than the portal waits.</summary>
    DatabaseLocked,

    /// <summary>Not a byte more fits onto the database's disk for a while. (Where no small disk can be mounted, the database is locked.)</summary>
    DiskFull,

    /// <summary>The clock is set forward by ten minutes in the middle.</summary>
    ClockForward,

    /// <summary>The clock is set back by ten minutes in the middle.</summary>
    ClockBack,
}
