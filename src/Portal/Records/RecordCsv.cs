using System.Globalization;
using System.Text;
using Portal.Audit;
using Portal.Operations;

namespace Portal.Records;

/// <summary>The record for a spreadsheet. It proves nothing: that is what the lines of JSON are for.</summary>
internal static class RecordCsv
{
    private static readonly IReadOnlyList<string> Header = ["row", "at", "action", "person_id", "person", "change", "cluster_id", "pool", "details", "hash"];

    public static async Task WriteAsync(Stream stream, RecordTable table, ExportScope scope, CancellationToken cancellationToken)
    {
        // With a byte order mark: without it, Excel takes the text for the code page of the machine.
        await using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), bufferSize: 16 * 1024, leaveOpen: true);
        var line = new StringBuilder();
        await WriteAsync(writer, line, Header, cancellationToken);
        await foreach (var batch in table.ReadAsync(after: 0, scope.Through, withBefore: false, scope.Filter, cancellationToken))
        {
            foreach (var row in batch.Rows)
            {
                await WriteAsync(writer, line, FieldsOf(row), cancellationToken);
            }
        }
    }

    private static async Task WriteAsync(StreamWriter writer, StringBuilder line, IReadOnlyList<string?> fields, CancellationToken cancellationToken)
    {
        line.Clear().AppendJoin(',', fields.Select(Csv.Field)).Append("\r\n");
        await writer.WriteAsync(line, cancellationToken);
    }

    private static IReadOnlyList<string?> FieldsOf(AuditRow row) =>
    [
        row.Sequence.ToString(CultureInfo.InvariantCulture),
        row.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
        row.Action,
        row.ActorId,
        row.ActorName,
        row.ChangeId?.ToString(CultureInfo.InvariantCulture),
        row.ClusterId?.ToString("D"),
        row.Pool,
        row.Details,
        Convert.ToHexStringLower(row.Hash),
    ];
}
