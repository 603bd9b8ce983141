using Portal.Changes;
using Portal.Storage;

namespace Portal.Pools.Create;

/// <summary>Keeps the form of a new pool for a person, over reload, lost connection and a new sign-in.</summary>
internal sealed class CreateDrafts(Drafts drafts, ChangeQueries changes)
{
    private const string Form = "create-pool";

    /// <summary>What the form begins with: an older request, else what was typed last, else nothing.</summary>
    public async Task<CreateForm> BeginAsync(string personId, long? again, Guid? cluster, CancellationToken cancellationToken)
    {
        if (again is { } id && await changes.FindAsync(id, cancellationToken) is { } change)
        {
            return CreateForm.Again(change);
        }

        var form = await drafts.FindAsync<CreateForm>(personId, Form, cancellationToken) ?? new CreateForm();
        form.ClusterId = cluster ?? form.ClusterId;
        return form;
    }

    /// <summary>Whether it could be kept; a draft that cannot is no reason to disturb who is typing.</summary>
    public Task<bool> TrySaveAsync(string personId, CreateForm form, CancellationToken cancellationToken) =>
        drafts.TrySaveAsync(personId, Form, form, cancellationToken);

    /// <summary>Forgets a form that was sent. Sent once more it would still be the same change.</summary>
    public Task<bool> TryDiscardAsync(string personId, CancellationToken cancellationToken) =>
        drafts.TryDiscardAsync(personId, Form, cancellationToken);
}
