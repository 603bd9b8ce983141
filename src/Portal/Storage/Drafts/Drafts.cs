using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Portal.Storage;

/// <summary>Keeps what is typed over a reload, a lost connection and a new sign-in: one draft a person and form.</summary>
internal sealed class Drafts(Database database, TimeProvider clock)
{
    /// <summary>The draft, or null when there is none or an older version of the form wrote it.</summary>
    public async Task<T?> FindAsync<T>(string personId, string form, CancellationToken cancellationToken)
        where T : class
    {
        var draft = await database.ReadAsync(
            db => db.Set<Draft>().SingleOrDefaultAsync(row => row.PersonId == personId && row.Form == form, cancellationToken),
            cancellationToken);
        try
        {
            return draft is null ? null : JsonSerializer.Deserialize<T>(draft.Content);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public Task SaveAsync<T>(string personId, string form, T content, CancellationToken cancellationToken)
        where T : class =>
        database.WriteAsync(
            async (db, token) =>
            {
                var text = JsonSerializer.Serialize(content);
                var now = clock.GetUtcNow();
                var draft = await db.Set<Draft>().FindAsync([personId, form], token);
                if (draft is null)
                {
                    db.Add(new Draft { PersonId = personId, Form = form, Content = text, ChangedAt = now });
                    return;
                }

                draft.Content = text;
                draft.ChangedAt = now;
            },
            cancellationToken);

    public Task DiscardAsync(string personId, string form, CancellationToken cancellationToken) =>
        database.WriteAsync(
            (db, token) => db.Set<Draft>().Where(row => row.PersonId == personId && row.Form == form).ExecuteDeleteAsync(token),
            cancellationToken);

    /// <summary>Whether it could be kept; a draft that cannot is no reason to disturb who is typing.</summary>
    public Task<bool> TrySaveAsync<T>(string personId, string form, T content, CancellationToken cancellationToken)
        where T : class =>
        TryAsync(() => SaveAsync(personId, form, content, cancellationToken));

    /// <summary>Whether it could be forgotten.</summary>
    public Task<bool> TryDiscardAsync(string personId, string form, CancellationToken cancellationToken) =>
        TryAsync(() => DiscardAsync(personId, form, cancellationToken));

    private static async Task<bool> TryAsync(Func<Task> write)
    {
        try
        {
            await write();
            return true;
        }
        catch (Exception exception) when (Database.IsTrouble(exception))
        {
            return false;
        }
    }
}
