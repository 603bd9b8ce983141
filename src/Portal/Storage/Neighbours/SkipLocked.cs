using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Portal.Storage;

/// <summary>Lets a query take rows that no other transaction holds: <c>FOR UPDATE SKIP LOCKED</c>, which LINQ has no word for.</summary>
/// <remarks>For PostgreSQL alone; SQLite has one writer, so that nobody else holds any.</remarks>
internal sealed class SkipLocked : DbCommandInterceptor
{
    /// <summary>The tag of such a query.</summary>
    public const string Tag = "take what nobody holds";

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (command.CommandText.StartsWith($"-- {Tag}", StringComparison.Ordinal))
        {
            // The text is Entity Framework's own, with parameters in the place of values.
#pragma warning disable CA2100
            command.CommandText += "\nFOR UPDATE SKIP LOCKED";
#pragma warning restore CA2100
        }

        return ValueTask.FromResult(result);
    }
}

internal static class SkipLockedQuery
{
    /// <summary>The rows of this query that no other transaction holds; they are this one's until it ends.</summary>
    public static IQueryable<T> NotHeld<T>(this IQueryable<T> query) => query.TagWith(SkipLocked.Tag);
}
