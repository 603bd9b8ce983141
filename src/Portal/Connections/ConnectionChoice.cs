using System.Text.Json.Serialization;
using Portal.Storage;

namespace Portal.Connections;

/// <summary>How a person likes their connections. Null: not chosen yet.</summary>
/// <param name="Network">Where their programs run.</param>
/// <param name="Format">The id of a format.</param>
internal sealed record ConnectionChoice(
    [property: JsonConverter(typeof(JsonStringEnumConverter<Network>))] Network? Network,
    string? Format)
{
    public static readonly ConnectionChoice None = new(null, null);
}

/// <summary>Remembers it on the server, so that it is there on every device and after every sign-in.</summary>
internal sealed class ConnectionChoices(Drafts drafts)
{
    private const string Form = "connection-choice";

    public async Task<ConnectionChoice> FindAsync(string personId, CancellationToken cancellationToken) =>
        await drafts.FindAsync<ConnectionChoice>(personId, Form, cancellationToken) ?? ConnectionChoice.None;

    /// <summary>Whether it could be kept; what cannot is no reason to disturb who only wants a connection.</summary>
    public Task<bool> TrySaveAsync(string personId, ConnectionChoice choice, CancellationToken cancellationToken) =>
        drafts.TrySaveAsync(personId, Form, choice, cancellationToken);
}
