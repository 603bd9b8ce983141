using System.Collections.Concurrent;

namespace Portal.Storage;

/// <summary>What the portals on one database tell each other, so that pages move on all of them at once. A portal that is alone hears nothing.</summary>
/// <remarks>
/// A word is a hint to look, or is said again as long as it is so: it may be lost, and whoever can write to the database can forge it.
/// <see cref="NeighbourLine"/> carries it.
/// </remarks>
internal sealed class Neighbours
{
    private readonly ConcurrentDictionary<string, Action<string>> _listeners = new(StringComparer.Ordinal);

    /// <summary>Something was said here, by topic and text; the line takes it to the others.</summary>
    public event Action<string, string>? Said;

    /// <summary>The line is up, and was not before: what the others said until now was not heard, so look at everything.</summary>
    public event Action? Missed;

    /// <summary>
    /// Whether this portal does what one of them does for all: reading the inventory. Two may think so for some seconds after a network was
    /// cut, so nothing may go wrong when they do.
    /// </summary>
    public bool IsFirst { get; set; } = true;

    /// <param name="topic">A word without a space; one listener each.</param>
    /// <param name="heard">Gets the text. It is called by the line itself, so it must return at once and not throw.</param>
    public void Listen(string topic, Action<string> heard) => _listeners[topic] = heard;

    /// <param name="topic">A word without a space.</param>
    /// <param name="text">At most 1,000 characters; nothing secret, for whoever can enter the database can listen.</param>
    public void Say(string topic, string text) => Said?.Invoke(topic, text);

    public void Hear(string topic, string text)
    {
        if (_listeners.TryGetValue(topic, out var heard))
        {
            heard(text);
        }
    }

    public void Miss() => Missed?.Invoke();
}
