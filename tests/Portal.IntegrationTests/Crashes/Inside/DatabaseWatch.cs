using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Portal.Audit;

namespace Portal.IntegrationTests.Crashes;

/// <summary>Knows by what Entity Framework tells of its transactions where a change is.</summary>
internal static class DatabaseWatch
{
    private static readonly string[] Outcomes =
        [AuditAction.Answered, AuditAction.AnswerLost, AuditAction.FoundAgain, AuditAction.Done, AuditAction.Failed, AuditAction.FoundConflict, AuditAction.LeftToPerson, AuditAction.Postponed];

    public static void Hear(string name, object? data)
    {
        if (name == RelationalEventId.CommandExecuted.Name)
        {
            KillSwitch.Reach(KillPoint.Random);
        }

        if (name == RelationalEventId.TransactionCommitting.Name)
        {
            Reach(data, KillPoint.BeforeCommit, Outcomes);
        }
        else if (name == RelationalEventId.TransactionCommitted.Name)
        {
            Reach(data, KillPoint.AfterCommit, Outcomes);
            Reach(data, KillPoint.AfterIntent, [AuditAction.Sent]);
        }
        else if (name == RelationalEventId.CommandExecuted.Name
            && data is CommandEventData { Command.CommandText: { } text }
            && text.Contains("INSERT INTO", StringComparison.Ordinal)
            && text.Contains("audit", StringComparison.Ordinal))
        {
            Reach(data, KillPoint.InAudit, [.. Outcomes, AuditAction.Sent]);
        }
    }

    private static void Reach(object? data, KillPoint point, string[] actions)
    {
        if (KillSwitch.IsArmedFor(point) && data is DbContextEventData { Context: { } db } && Recorded(db).Any(actions.Contains))
        {
            KillSwitch.Reach(point);
        }
    }

    // Looking must change nothing: the tracker would look for changes by itself in the middle of a save.
    private static List<string> Recorded(DbContext db)
    {
        var looks = db.ChangeTracker.AutoDetectChangesEnabled;
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            return [.. db.ChangeTracker.Entries<AuditRow>().Where(row => row.Entity.ChangeId is not null).Select(row => row.Entity.Action)];
        }
        finally
        {
            db.ChangeTracker.AutoDetectChangesEnabled = looks;
        }
    }
}
