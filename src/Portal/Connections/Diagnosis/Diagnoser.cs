using System.Text.RegularExpressions;
using Portal.Connections.Diagnosis.Known;

namespace Portal.Connections.Diagnosis;

/// <summary>Everything that was made of a pasted text. None of it holds the text itself.</summary>
/// <param name="Connection">What was read, where there was something to read.</param>
/// <param name="Pool">The pool that it is about, as far as that can be told.</param>
/// <param name="Findings">What is wrong, the most certain first.</param>
/// <param name="Driver">Whose words they are, where they tell.</param>
internal sealed record Diagnosed(PastedConnection? Connection, KnownPool? Pool, IReadOnlyList<Finding> Findings, string? Driver, bool WasTooLong);

/// <summary>Says what a connection string or an error message means. Connects to nothing, resolves nothing, keeps nothing.</summary>
/// <remarks>The text may hold a password in spite of everything, so no part of it is logged, thrown, or given on but what was recognised.</remarks>
internal sealed class Diagnoser(KnownNames surroundings)
{
    /// <summary>So much of a text is read, in characters.</summary>
    public const int LongestText = 10_000;

    // Names of PostgreSQL have 63 bytes, host names 253; what is longer was not read rightly.
    private const int LongestShown = 253;

    public async Task<Diagnosed> DiagnoseAsync(string text, Guid? aboutCluster, string? aboutPool, CancellationToken cancellationToken)
    {
        var wasTooLong = text.Length > LongestText;
        try
        {
            var cut = PasswordCut.Cut(wasTooLong ? text[..LongestText] : text);
            var connection = ConnectionReader.Read(cut);
            var pasted = new Pasted(cut, connection, await surroundings.ReadAsync(cut, connection, aboutCluster, aboutPool, cancellationToken));
            return new Diagnosed(Shown(connection), pasted.Pool, Explain(pasted), Drivers.SeenIn(cut), wasTooLong);
        }
        catch (RegexMatchTimeoutException)
        {
            // A text made to be slow. Its message quotes the text, so it ends here.
            return new Diagnosed(null, null, [], null, wasTooLong);
        }
    }

    public static IReadOnlyList<Finding> Explain(Pasted pasted) =>
    [
        .. KnownTroubles.All
            .SelectMany(trouble => trouble.Find(pasted), (trouble, finding) => (trouble.Order, Finding: finding))
            .OrderBy(found => found.Finding.Certainty)
            .ThenBy(found => found.Order)
            .Select(found => found.Finding)
            .DistinctBy(finding => finding.Title, StringComparer.Ordinal),
    ];

    private static PastedConnection? Shown(PastedConnection? connection) =>
        connection is { Host.Length: > LongestShown } or { Database.Length: > LongestShown } or { User.Length: > LongestShown } ? null : connection;
}
