using System.Collections.Concurrent;
using System.Security.Cryptography;
using Portal.Storage;

namespace Portal.Access;

/// <summary>Tells the open pages that somebody ended a session or its person extended it. Those of another portal that does not hear it find out within 30 seconds.</summary>
internal sealed class SessionFeed
{
    private const string Topic = "session";

    private readonly Neighbours _neighbours;
    private readonly ConcurrentDictionary<SessionKey, int> _warnings = new();

    public SessionFeed(Neighbours neighbours)
    {
        _neighbours = neighbours;
        neighbours.Listen(Topic, text =>
        {
            if (text.Length == 2 * SHA256.HashSizeInBytes && text.All(char.IsAsciiHexDigit))
            {
                Moved?.Invoke(Convert.FromHexString(text));
            }
        });
    }

    /// <summary>With the key's hash, as the row has it.</summary>
    public event Action<byte[]>? Moved;

    public void Notify(byte[] keyHash)
    {
        Moved?.Invoke(keyHash);
        _neighbours.Say(Topic, Convert.ToHexString(keyHash));
    }

    /// <summary>
    /// Whether a page of the session is saying at this moment that the session is about to end. What comes over a circuit then is not taken
    /// for activity: the dialog takes the focus from a field, which tells the server what stands in it.
    /// </summary>
    public bool IsWarned(SessionKey session) => _warnings.ContainsKey(session);

    public void BeginWarning(SessionKey session) => _warnings.AddOrUpdate(session, 1, (_, pages) => pages + 1);

    public void EndWarning(SessionKey session)
    {
        if (_warnings.AddOrUpdate(session, 0, (_, pages) => pages - 1) <= 0)
        {
            // Only when it is still nothing: another page may have begun meanwhile.
            _warnings.TryRemove(KeyValuePair.Create(session, 0));
        }
    }
}
