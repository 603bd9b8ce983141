namespace Portal.Storage;

/// <summary>The database has been brought to the schema of a later version of the portal, which this one would read wrongly.</summary>
internal sealed class NewerDatabaseException(IReadOnlyList<string> migrations) : Exception(
    $"A newer version of the portal has written this database ({string.Join(", ", migrations)}), and this one does not know what that means. Nothing was changed. "
    + "Start the newer version, or restore the backup that was made before the upgrade: docs/backup.md, Upgrade.");
