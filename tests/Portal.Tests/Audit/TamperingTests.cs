using System.Globalization;
using System.Text;
using Portal.Audit;
using Portal.Testing;

namespace Portal.Tests.Audit;

/// <summary>Ten thousand ways to touch a record, by a seed: of rows against the heads outside, and of an export as a file.</summary>
public sealed class TamperingTests
{
    private const int Length = 60;
    private const int Times = 5000;

    private static readonly List<AuditRow> Untouched = SomeRecord.Chain(Length);

    private static readonly IReadOnlyList<Func<AuditRow, Random, AuditRow>> Columns =
    [
        (row, random) => row with { At = row.At.AddMicroseconds(random.Next(1, 1_000_000)) },
        (row, _) => row with { Action = row.Action + " " },
        (row, _) => row with { ActorId = row.ActorId is null ? "somebody" : null },
        (row, _) => row with { ActorName = "Ben" },
        (row, random) => row with { ChangeId = (row.ChangeId ?? 0) + random.Next(1, 99) },
        (row, _) => row with { ClusterId = row.ClusterId is null ? Guid.Empty : null },
        (row, _) => row with { Pool = $"{row.Pool}x" },
        (row, _) => row with { Details = row.Details.Replace("5", "50", StringComparison.Ordinal) },
        (row, random) => row with { PreviousHash = Flip(row.PreviousHash, random) },
        (row, random) => row with { Hash = Flip(row.Hash, random) },
    ];

    [Fact]
    public void Every_tampering_of_rows_up_to_the_last_head_outside_is_found_and_its_row_named()
    {
        for (var seed = 0; seed < Times; seed++)
        {
            var random = new Random(seed);
            var lastHead = random.Next(2, Length + 1);
            var heads = Enumerable.Range(1, lastHead).Where(number => number == lastHead || random.Next(4) == 0).ToDictionary(number => (long)number, number => Untouched[number - 1].Hash);
            var (rows, touched, what) = Touch(random, lastHead);

            var report = SomeRecord.Check(rows, heads);

            var words = $"seed {seed}, {what} at row {touched} of {lastHead}: {string.Join(' ', report.Findings.Select(finding => finding.Words))}";
            report.IsWhole.ShouldBeFalse(words);
            report.ProvedThrough.ShouldBeLessThan(touched, words);
            report.FirstFinding!.Row.ShouldBeInRange(report.ProvedThrough + 1, touched, words);
            if (what is "edit" or "delete" or "cut")
            {
                report.FirstFinding.Row.ShouldBe(touched, words);
            }
            else if (what is "rewrite one")
            {
                report.Findings.ShouldContain(finding => finding.Row == touched, words);
            }
        }
    }

    [Fact]
    public void Rows_after_the_last_head_outside_are_named_and_not_vouched_for()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            var lastHead = random.Next(1, Length - 1);
            var rows = Untouched.ToList();
            RewriteFrom(rows, random.Next(lastHead + 1, Length + 1), random);

            var report = SomeRecord.Check(rows, new Dictionary<long, byte[]> { [lastHead] = Untouched[lastHead - 1].Hash });

            report.IsWhole.ShouldBeTrue($"seed {seed}: nothing that lies outside could know");
            report.ProvedThrough.ShouldBe(lastHead);
            report.NotProved!.ShouldStartWith(RecordReport.Range(lastHead + 1, Length));
        }
    }

    [Fact]
    public async Task Every_tampering_of_a_signed_export_is_found()
    {
        using var key = SomeRecord.NewKey();
        var lines = Encoding.UTF8.GetString(await ExportAsync(Untouched, key)).TrimEnd('\n').Split('\n');
        (await CheckAsync(string.Join('\n', lines) + "\n", key)).ProvedThrough.ShouldBe(Length);
        for (var seed = 0; seed < Times; seed++)
        {
            var random = new Random(seed);
            var (text, what) = Touch(lines, random);

            (await IsWholeAsync(text, key)).ShouldBeFalse($"seed {seed}, {what}");
        }
    }

    [Fact]
    public async Task An_export_that_was_made_anew_with_another_key_is_found_by_who_has_the_right_one()
    {
        using var key = SomeRecord.NewKey();
        using var other = SomeRecord.NewKey();
        var rows = Untouched.ToList();
        RewriteFrom(rows, 20, new Random(1));

        var forged = await ExportAsync(rows, other);

        (await CheckAsync(Encoding.UTF8.GetString(forged), key)).IsWhole.ShouldBeFalse();
        (await CheckAsync(Encoding.UTF8.GetString(forged), other)).IsWhole.ShouldBeTrue("the forger's own key vouches for the forger's file");
    }

    private static (List<AuditRow> Rows, long Touched, string What) Touch(Random random, int lastHead)
    {
        var rows = Untouched.ToList();
        var index = random.Next(lastHead);
        switch (random.Next(6))
        {
            case 0:
                rows[index] = Columns[random.Next(Columns.Count)](rows[index], random);
                return (rows, index + 1, "edit");
            case 1:
                rows.RemoveAt(index);
                return (rows, index + 1, index == Length - 1 ? "cut" : "delete");
            case 2:
                var other = (index + random.Next(1, Length)) % Length;
                (rows[index], rows[other]) = (rows[other], rows[index]);
                return (rows, Math.Min(index, other) + 1, "reorder");
            case 3:
                rows.RemoveRange(index, rows.Count - index);
                return (rows, index + 1, "cut");
            case 4:
                rows[index] = Columns[random.Next(8)](rows[index], random).Rehashed();
                return (rows, index + 1, index == lastHead - 1 || index == Length - 1 ? "rewrite the last" : "rewrite one");
            default:
                RewriteFrom(rows, index + 1, random);
                return (rows, index + 1, "rewrite the tail");
        }
    }

    private static (string Text, string What) Touch(string[] lines, Random random)
    {
        var touched = lines.ToList();
        var index = random.Next(lines.Length);
        string what;
        switch (random.Next(5))
        {
            case 0:
                var letters = touched[index].ToCharArray();
                var at = random.Next(letters.Length);
                letters[at] = letters[at] == 'a' ? 'b' : 'a';
                touched[index] = new string(letters);
                what = $"letter {at} of line {index + 1}";
                break;
            case 1:
                touched.RemoveAt(index);
                what = $"line {index + 1} deleted";
                break;
            case 2:
                var other = (index + random.Next(1, lines.Length)) % lines.Length;
                (touched[index], touched[other]) = (touched[other], touched[index]);
                what = $"lines {index + 1} and {other + 1} changed places";
                break;
            case 3:
                touched.RemoveRange(index, touched.Count - index);
                what = $"cut before line {index + 1}";
                break;
            default:
                touched.Insert(index, touched[random.Next(lines.Length)]);
                what = $"a line put in before line {index + 1}";
                break;
        }

        return (string.Join('\n', touched) + "\n", what);
    }

    private static void RewriteFrom(List<AuditRow> rows, int number, Random random)
    {
        rows[number - 1] = (rows[number - 1] with { Details = random.Next().ToString(CultureInfo.InvariantCulture) }).Rehashed();
        for (var index = number; index < rows.Count; index++)
        {
            rows[index] = (rows[index] with { PreviousHash = rows[index - 1].Hash }).Rehashed();
        }
    }

    private static byte[] Flip(byte[] bytes, Random random)
    {
        var flipped = bytes.ToArray();
        flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
        return flipped;
    }

    private static async Task<byte[]> ExportAsync(IReadOnlyList<AuditRow> rows, SigningKey key)
    {
        using var file = new MemoryStream();
        using var writer = new RecordFileWriter(file, key);
        writer.Begin(new RecordHeader(1, AuditChain.Nothing, Filter: null, key.Public.Pem, DateTimeOffset.UnixEpoch, "Ada"));
        AuditCheckpoint? last = null;
        foreach (var row in rows)
        {
            await writer.WriteAsync(row, CancellationToken.None);
            if (row.Sequence % 20 == 0)
            {
                last = Checkpoints.Sign(last, row.Sequence, row.Hash, DateTimeOffset.UnixEpoch, key);
                writer.Write(last);
            }
        }

        await writer.EndAsync(CancellationToken.None);
        return file.ToArray();
    }

    private static async Task<bool> IsWholeAsync(string text, SigningKey key)
    {
        try
        {
            return (await CheckAsync(text, key)).IsWhole;
        }
        catch (FormatException)
        {
            // Not an export any more, and said so.
            return false;
        }
    }

    private static async Task<RecordReport> CheckAsync(string text, SigningKey key)
    {
        var check = new RecordFileCheck([], [key.Public]);
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(text));
        await check.ReadAsync(file, CancellationToken.None);
        return check.Report();
    }
}
