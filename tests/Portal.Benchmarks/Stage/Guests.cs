using System.Text.RegularExpressions;
using Portal.Benchmarks.Circuits;

namespace Portal.Benchmarks.Stage;

/// <summary>The sandbox's accounts, signed in at a portal.</summary>
internal static partial class Guests
{
    /// <summary>As many as a page of the list holds.</summary>
    public const int RowsOnPage = 50;

    /// <summary>All who have a role. A page of each counts for its person, so thousands of pages need several.</summary>
    private static readonly string[] Accounts = ["developer", "lead", "lead3", "developer2", "lead2", "admin", "auditor"];

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static async Task<IReadOnlyList<Visitor>> SignInAsync(Service portal, CancellationToken cancellationToken)
    {
        var visitors = new List<Visitor>();
        foreach (var account in Accounts)
        {
            visitors.Add(await SignInAsync(portal, account, cancellationToken));
        }

        return visitors;
    }

    public static async Task<Visitor> SignInAsync(Service portal, string account, CancellationToken cancellationToken)
    {
        var visitor = new Visitor(portal.Address);
        await visitor.SignInAsync(account, cancellationToken);
        return visitor;
    }

    /// <summary>Waits until the portal has read so many pools that the first page is full.</summary>
    public static async Task ListIsFullAsync(Visitor visitor, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(Patience);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        do
        {
            if (EndOfRow().Count(await visitor.LoadAsync("/", either.Token)) >= RowsOnPage)
            {
                return;
            }
        }
        while (await timer.WaitForNextTickAsync(either.Token));
    }

    /// <summary>A template knows nobody.</summary>
    public static IReadOnlyList<Visitor> Anybody(Service site) => [new Visitor(site.Address)];

    [GeneratedRegex("<row-tools>", RegexOptions.None, 10_000)]
    private static partial Regex EndOfRow();
}
