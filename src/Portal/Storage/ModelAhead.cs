namespace Portal.Storage;

/// <summary>Has EF make its model of the tables on another core while the rest of the portal is put together: a start would wait for it.</summary>
internal static class ModelAhead
{
    /// <summary>What cannot be made here is found wrong where it is first needed.</summary>
    public static void Begin(IConfiguration configuration)
    {
        if (Enum.TryParse<DatabaseProvider>(configuration[$"{DatabaseOptions.Section}:{nameof(DatabaseOptions.Provider)}"] ?? nameof(DatabaseProvider.Sqlite), ignoreCase: true, out var provider))
        {
            _ = Task.Run(() =>
            {
                // The model is the engine's, whatever database it is; nothing is opened.
                using var db = PortalDbContexts.Create(provider, "");
                return db.Model;
            });
        }
    }
}
