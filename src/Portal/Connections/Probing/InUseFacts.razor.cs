using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace Portal.Connections.Probing;

/// <summary>The server connections of a pool at one moment, what to do about them, and how far they can be trusted.</summary>
public sealed partial class InUseFacts
{
    [CascadingParameter]
    private InUse Use { get; set; } = null!;

    private IEnumerable<(string Name, string Figure, string Hint)> Figures
    {
        get
        {
            yield return ("Active", Text(Use.Active), "at work on a query");
            yield return ("In a transaction", Text(Use.IdleInTransaction), "held by a client between two queries");
            yield return ("Idle", Text(Use.Idle), Use.Context is { KeepsSession: true } ? "free, or held by a client that does nothing" : "free");
            if (Use.Waiting is { } waiting)
            {
                yield return ("Clients waiting", Text(waiting), Use.LongestWait is { } longest && waiting > 0
                    ? string.Create(CultureInfo.InvariantCulture, $"the longest for {longest.TotalSeconds:0.#} s")
                    : "for a server connection");
            }
        }
    }

    private static string Text(int figure) => figure.ToString(CultureInfo.InvariantCulture);
}
