using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Portal.Audit;
using Portal.Storage;

namespace Portal.Commands;

/// <summary>Whether the heads of the record can be written outside of the database, and the last of them is in it. None is added.</summary>
internal sealed class HeadsCheck(Database database, IOptions<AuditOptions> options)
{
    private const string What = "heads of the record";

    /// <param name="isDatabaseGood">Whether it can be asked for its rows.</param>
    public async IAsyncEnumerable<Found> TryAsync(bool isDatabaseGood, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (options.Value.Heads.StandardOutput)
        {
            yield return Found.Good(What, "written to standard output");
        }

        if (options.Value.Heads.File is { Length: > 0 } path)
        {
            yield return await AppendAsync(path, isDatabaseGood, cancellationToken);
        }
        else if (!options.Value.Heads.StandardOutput)
        {
            yield return Found.Note(What, "they are written nowhere (Audit:Heads): who can write the database can write the newest rows anew. docs/audit.md");
        }
    }

    private async Task<Found> AppendAsync(string path, bool isDatabaseGood, CancellationToken cancellationToken)
    {
        try
        {
            if (!Path.Exists(path))
            {
                await TryFolderAsync(path);
                return Found.Good(What, $"there is no file {path} yet; the portal can make it");
            }

            // As a portal opens it that runs meanwhile.
            await using (new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
            {
            }

            return isDatabaseGood && (await RecordHead.ReadFileAsync(path, cancellationToken)).Values.LastOrDefault() is { } head
                && await database.ReadAsync(db => HeadsAtStart.WhyNotAsync(db, head, cancellationToken), cancellationToken) is { } why
                ? Found.Wrong(What, $"{path} contradicts the record: {why} After a restore keep that file elsewhere and let the portal begin a new one; otherwise treat it as a break-in (docs/audit.md)")
                : Found.Good(What, $"{path} can be written to");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Found.Wrong(What, $"they cannot be written to Audit:Heads:File. {exception.Message}");
        }
    }

    // Beside it and by another name: a portal that runs may make the file itself at this moment.
    private static async Task TryFolderAsync(string path) =>
        await new FileStream($"{path}.{Guid.NewGuid():N}", FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose).DisposeAsync();
}
