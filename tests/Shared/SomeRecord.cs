using System.Security.Cryptography;
using Portal.Audit;

namespace Portal.Testing;

/// <summary>Rows of a record that a test makes up, and what a verification says of rows.</summary>
internal static class SomeRecord
{
    private static readonly DateTimeOffset Began = new(2026, 11, 23, 14, 2, 11, TimeSpan.Zero);

    /// <summary>The first row that is wrong; null when the chain holds.</summary>
    public static long? FirstBroken(IEnumerable<AuditRow> rows) => Check(rows).FirstFinding?.Row;

    public static RecordReport Check(IEnumerable<AuditRow> rows, IReadOnlyDictionary<long, byte[]>? heads = null)
    {
        var verifier = new RecordVerifier(1, AuditChain.Nothing, sequence => heads?.GetValueOrDefault(sequence), []);
        verifier.Add([.. rows], []);
        return verifier.Report(heads is { Count: > 0 } ? heads.Keys.Max() : 0);
    }

    public static List<AuditRow> Chain(int length)
    {
        var rows = new List<AuditRow>(length);
        var end = (Sequence: 0L, Hash: AuditChain.Nothing);
        for (var number = 1; number <= length; number++)
        {
            var row = AuditChain.Next(end, Entry(number), Began.AddTicks(number * 7919L));
            rows.Add(row);
            end = (row.Sequence, row.Hash);
        }

        return rows;
    }

    /// <summary>The row with the hash of what it says now.</summary>
    public static AuditRow Rehashed(this AuditRow row) => row with { Hash = AuditChain.HashOf(row) };

    public static SigningKey NewKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return SigningKey.TryRead(key.ExportPkcs8PrivateKeyPem())!;
    }

    private static AuditEntry Entry(int number) => new(number % 3 == 0 ? AuditAction.ConnectionHandedOut : AuditAction.Requested)
    {
        Actor = number % 9 == 0 ? AuditActor.Portal : new AuditActor($"issuer|{number % 7}", "Ana Ünal"),
        ChangeId = number % 4 == 0 ? null : number,
        ClusterId = number % 6 == 0 ? null : new Guid(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]),
        Pool = number % 8 == 0 ? null : "checkout-app",
        Details = new Dictionary<string, string?> { ["size"] = "5", ["why"] = $"“because” {number}" },
    };
}
