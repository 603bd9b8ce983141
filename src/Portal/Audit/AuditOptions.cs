using Microsoft.Extensions.Options;

namespace Portal.Audit;

/// <summary>How the record is proved: <c>Audit</c> in the settings.</summary>
internal sealed class AuditOptions
{
    public const string Section = "Audit";

    /// <summary>How often new rows are verified, and a checkpoint made when one is due. 0:00:00.010 to 1:00:00; default: 0:00:10.</summary>
    public TimeSpan VerifyEvery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A signed checkpoint after so many rows; 1 to 1,000,000, default 1,000.</summary>
    public int CheckpointEveryRows { get; init; } = 1000;

    /// <summary>A signed checkpoint so long after a row that no other covers. 0:00:01 to 1.00:00:00; default: 1:00:00.</summary>
    public TimeSpan CheckpointEvery { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Where in the vault the key is that signs checkpoints and exports: ECDSA on P-256, PKCS#8 as PEM, in the field <c>private_key</c>.
    /// Default: none, and nothing is signed.
    /// </summary>
    /// <example>pool-portal/record</example>
    public string? SigningKeyPath { get; init; }

    /// <summary>Without its head outside no row is written, and so nothing is done. Default: false, a failure is shown and stops nothing.</summary>
    public bool HeadsRequired { get; init; }

    public HeadsOptions Heads { get; init; } = new();
}

/// <summary>Where the head of the chain goes after each commit, at most a second later: out of the reach of who can write the database.</summary>
internal sealed class HeadsOptions
{
    /// <summary>A file that lines of JSON are appended to. Default: none.</summary>
    /// <example>/var/log/pool-portal/heads.jsonl</example>
    public string? File { get; init; }

    /// <summary>The same lines on standard output, for a collector of logs. Default: false.</summary>
    public bool StandardOutput { get; init; }
}

internal sealed class AuditOptionsValidator : IValidateOptions<AuditOptions>
{
    public ValidateOptionsResult Validate(string? name, AuditOptions options)
    {
        List<string> wrong = [];
        if (options.VerifyEvery < TimeSpan.FromMilliseconds(10) || options.VerifyEvery > TimeSpan.FromHours(1))
        {
            wrong.Add("Audit:VerifyEvery must be from 0:00:00.010 to 1:00:00.");
        }

        if (options.CheckpointEveryRows is < 1 or > 1_000_000)
        {
            wrong.Add("Audit:CheckpointEveryRows must be from 1 to 1000000.");
        }

        if (options.CheckpointEvery < TimeSpan.FromSeconds(1) || options.CheckpointEvery > TimeSpan.FromDays(1))
        {
            wrong.Add("Audit:CheckpointEvery must be from 0:00:01 to 1.00:00:00.");
        }

        if (options.HeadsRequired && options.Heads is { File: null or "", StandardOutput: false })
        {
            wrong.Add("Audit:HeadsRequired needs a place for the heads: Audit:Heads:File, or Audit:Heads:StandardOutput.");
        }

        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }
}
