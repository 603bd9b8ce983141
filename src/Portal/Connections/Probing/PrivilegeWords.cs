namespace Portal.Connections.Probing;

/// <summary>How it is said what a user may do behind a pool, with the line to ask for where something is missing.</summary>
internal static class PrivilegeWords
{
    private const string WhoGrants = "If the application needs it, ask somebody who may use doadmin to run this in the database";

    public static void Note(ProbeNotes notes, Privileges found)
    {
        var user = PoolTrouble.Identifier(found.User);
        notes.Add(found.MayConnect
            ? new Finding(ProbeStep.MayConnect, FindingState.Ok, $"{found.User} may enter {found.Database}.")
            : new Finding(ProbeStep.MayConnect, FindingState.Warning, $"{found.User} is in {found.Database}, but a new connection would be refused.")
            {
                Means = "The right to connect was taken away after PgBouncer had opened its connections.",
                ToDo = $"{WhoGrants} {found.Database}:",
                Command = $"GRANT CONNECT ON DATABASE {PoolTrouble.Identifier(found.Database)} TO {user};",
            });
        if (found.MayUse is not { } mayUse || found.MayCreate is not { } mayCreate)
        {
            notes.NotTested(ProbeStep.MayUse, $"{found.Database} has no schema public.");
            notes.NotTested(ProbeStep.MayCreate, $"{found.Database} has no schema public.");
            return;
        }

        notes.Add(mayUse
            ? new Finding(ProbeStep.MayUse, FindingState.Ok, $"{found.User} may use what is in it, as far as each table allows.")
            : new Finding(ProbeStep.MayUse, FindingState.Warning, $"{found.User} may not use schema public.")
            {
                Means = "No table in it can be read, whatever is granted on the table.",
                ToDo = $"{WhoGrants} {found.Database}:",
                Command = $"GRANT USAGE ON SCHEMA public TO {user};",
            });
        notes.Add((mayCreate, found.IsReadOnly) switch
        {
            (_, true) => new Finding(ProbeStep.MayCreate, FindingState.Warning, "Nothing can be written here: this is a standby or a read-only replica."),
            (true, _) => new Finding(ProbeStep.MayCreate, FindingState.Ok, $"{found.User} may make tables there, as migrations do."),
            _ => new Finding(ProbeStep.MayCreate, FindingState.Warning, $"{found.User} may not create in schema public.")
            {
                Means = "Since PostgreSQL 15 only the database's owner may, until it is granted. Migrations fail with \"permission denied for schema public\"; reading and writing tables that are there works.",
                ToDo = $"{WhoGrants} {found.Database}:",
                Command = $"GRANT CREATE ON SCHEMA public TO {user};",
            },
        });
    }
}
