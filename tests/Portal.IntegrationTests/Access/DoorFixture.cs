using System.Diagnostics.CodeAnalysis;

namespace Portal.IntegrationTests.Door;

/// <summary>One portal for the tests that need nothing special of it.</summary>
public sealed class DoorFixture : IAsyncLifetime
{
    internal DoorHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await DoorHost.StartAsync();

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}

[CollectionDefinition(Name)]
[SuppressMessage("Naming", "CA1711:Identifiers should not have incorrect suffix", Justification = "xUnit's word.")]
public sealed class DoorCollection : ICollectionFixture<DoorFixture>
{
    public const string Name = "Door";
}
