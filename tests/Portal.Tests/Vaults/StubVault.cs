using Portal.DigitalOcean;
using Portal.Vaults;

namespace Portal.Tests.Vaults;

/// <summary>A vault that holds one secret, or is down; it counts how often it is asked.</summary>
internal sealed class StubVault : IVault
{
    public string Value { get; set; } = "dop_v1_first";

    public string Version { get; set; } = "1";

    public bool IsDown { get; set; }

    public int Reads { get; private set; }

    /// <summary>Fields that hold something else.</summary>
    public Dictionary<string, string> Fields { get; } = new(StringComparer.Ordinal);

    /// <summary>What a reading waits for.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public async Task<Result<VaultSecret, VaultFailure>> ReadAsync(string path, string field, CancellationToken cancellationToken)
    {
        Reads++;
        await Gate;
        return IsDown ? new VaultFailure("The vault is sealed.") : new VaultSecret(new Secret(Fields.GetValueOrDefault(field, Value)), Version);
    }
}
