using System.Collections.Concurrent;
using System.Globalization;
using Portal.Audit;
using Portal.Storage;

namespace Portal.Access;

/// <summary>Writes into the record what somebody wanted to do and may not.</summary>
/// <remarks>
/// The record is kept for ever, so one person's refusals fill it only slowly: what is beyond <see cref="MostAMinute"/> is counted, and the
/// count is in the next row. Whether or not it is recorded, it is refused.
/// </remarks>
internal sealed class Refusals(AuditLog audit, AccessMeter meter, TimeProvider clock, ILogger<Refusals> logger)
{
    /// <summary>Of one person.</summary>
    public const int MostAMinute = 20;

    private readonly ConcurrentDictionary<string, Window> _windows = new(StringComparer.Ordinal);

    /// <param name="what">What they wanted to do, in the words of a log: "read the record".</param>
    public Task RecordAsync(Person person, string what, Refusal why, Guid? cluster = null, string? pool = null, long? change = null) =>
        RecordAsync(person, new AuditEntry(AuditAction.ActionRefused)
        {
            Actor = new AuditActor(person.Id, person.Name),
            ClusterId = cluster,
            Pool = pool,
            ChangeId = change,
            Details = new Dictionary<string, string?>(StringComparer.Ordinal) { ["what"] = what, ["why"] = why.Message },
        });

    /// <param name="entry">Whatever there is to say of it.</param>
    public async Task RecordAsync(Person person, AuditEntry entry)
    {
        meter.Refused(entry.Action);
        if (_windows.GetOrAdd(person.Id, _ => new Window()).Enter(clock.GetUtcNow()) is not { } left)
        {
            return;
        }

        try
        {
            // Not the caller's token: who closes the page in the middle leaves no hole in the record.
            await audit.AppendAsync(
                entry with
                {
                    Details = new Dictionary<string, string?>(entry.Details, StringComparer.Ordinal)
                    {
                        ["notRecorded"] = left == 0 ? null : left.ToString(CultureInfo.InvariantCulture),
                    },
                },
                CancellationToken.None);
        }
        catch (Exception exception) when (Database.IsTrouble(exception))
        {
            logger.RefusedActionNotRecorded(exception, entry.Details.GetValueOrDefault("what") ?? "-");
        }
    }

    private sealed class Window
    {
        private readonly Lock _lock = new();
        private DateTimeOffset _began;
        private int _count;
        private int _left;

        /// <returns>How many were left out before, or null when this one is.</returns>
        public int? Enter(DateTimeOffset now)
        {
            lock (_lock)
            {
                if (now >= _began + TimeSpan.FromMinutes(1))
                {
                    (_began, _count) = (now, 0);
                }

                if (_count == MostAMinute)
                {
                    _left++;
                    return null;
                }

                _count++;
                var left = _left;
                _left = 0;
                return left;
            }
        }
    }
}
