using Microsoft.Extensions.Options;

namespace Portal.Audit;

/// <summary>The heads that the file had when the portal started: what the rows of the database are compared with.</summary>
/// <remarks>Those that are written while it runs come from the same memory that the rows came from; they are read at the next start.</remarks>
internal sealed class HeadsKnown(IOptions<AuditOptions> options)
{
    private SortedDictionary<long, RecordHead> _heads = [];

    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Heads.File is { Length: > 0 } path && File.Exists(path))
        {
            _heads = await RecordHead.ReadFileAsync(path, cancellationToken);
        }
    }

    public byte[]? HashOf(long sequence) => _heads.TryGetValue(sequence, out var head) ? head.Hash : null;

    /// <summary>The number of the highest head that is known.</summary>
    /// <param name="written">The last one that was written while the portal runs.</param>
    public long Last(RecordHead? written) => Math.Max(_heads.Count == 0 ? 0 : _heads.Keys.Last(), written?.Sequence ?? 0);
}
