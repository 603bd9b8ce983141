namespace Portal.Audit;

/// <summary>Which rows an export has.</summary>
internal sealed record ExportScope
{
    /// <summary>The last row.</summary>
    public required long Through { get; init; }

    /// <summary>Which rows up to it; null for all.</summary>
    public Func<IQueryable<AuditRow>, IQueryable<AuditRow>>? Filter { get; init; }

    /// <summary>The filter in words, for who reads the file.</summary>
    public string? FilterWords { get; init; }

    /// <summary>Who asked for it.</summary>
    public required string By { get; init; }
}

/// <summary>Writes rows of the record as JSON Lines that can be verified far away from the portal.</summary>
internal sealed class RecordExport(RecordTable table, TimeProvider clock)
{
    /// <param name="key">Signs it; null leaves it unsigned.</param>
    public async Task WriteAsync(Stream target, ExportScope scope, SigningKey? key, CancellationToken cancellationToken)
    {
        var (first, before) = await table.BeginningAsync(cancellationToken);
        using var writer = new RecordFileWriter(target, key);
        writer.Begin(new RecordHeader(first, before, scope.FilterWords, key?.Public.Pem, clock.GetUtcNow(), scope.By));
        await foreach (var batch in table.ReadAsync(first - 1, scope.Through, withBefore: true, scope.Filter, cancellationToken))
        {
            var next = 0;
            while (next < batch.Checkpoints.Count && (batch.Rows.Count == 0 || batch.Checkpoints[next].Sequence < batch.Rows[0].Sequence))
            {
                writer.Write(batch.Checkpoints[next++]);
            }

            foreach (var row in batch.Rows)
            {
                await writer.WriteAsync(row, cancellationToken);
                while (next < batch.Checkpoints.Count && batch.Checkpoints[next].Sequence <= row.Sequence)
                {
                    writer.Write(batch.Checkpoints[next++]);
                }
            }
        }

        await writer.EndAsync(cancellationToken);
    }
}
