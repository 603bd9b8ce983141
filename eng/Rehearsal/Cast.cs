using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.Options;
using Portal.Access;
using Portal.Inventory;

namespace Portal.Rehearsal;

/// <summary>The sandbox's accounts, as persons of the portal: the same ones that a sign-in through the sandbox makes of them.</summary>
internal sealed class Cast(IOptions<DigitalOceanOptions> sandbox, Sessions sessions, TimeProvider clock) : IDisposable
{
    private const string RolePrefix = "Pool.";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly HttpClient _http = new() { BaseAddress = sandbox.Value.BaseUrl };

    /// <summary>Waits until the sandbox's clusters are up, or it is known that they will not be.</summary>
    public async Task SandboxIsReadyAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            using var answer = await _http.GetAsync(new Uri("/sandbox/ready", UriKind.Relative), cancellationToken);
            if (answer.StatusCode is HttpStatusCode.OK)
            {
                return;
            }

            await Task.Delay(Pause, clock, cancellationToken);
        }
    }

    /// <summary>Everybody, by the name of their account.</summary>
    public async Task<IReadOnlyDictionary<string, Person>> ReadAsync(CancellationToken cancellationToken)
    {
        var directory = await _http.GetFromJsonAsync<Directory>(new Uri("/sandbox/accounts", UriKind.Relative), cancellationToken)
            ?? throw new InvalidOperationException("The sandbox names no accounts.");
        return directory.Accounts.ToDictionary(
            account => account.Name,
            account => new Person(
                $"{directory.Issuer}|{account.Subject}",
                account.DisplayName,
                account.Roles.Select(role => Enum.Parse<Role>(role[RolePrefix.Length..])).ToHashSet(),
                account.Groups.ToHashSet(StringComparer.Ordinal)),
            StringComparer.Ordinal);
    }

    /// <summary>Somebody is signed in, and stays so until they are idle.</summary>
    public Task StayAsync(Person person, CancellationToken cancellationToken) =>
        sessions.BeginAsync(new SignedIn { Person = person, IdToken = "", Nonce = $"rehearsal-{Guid.NewGuid():N}" }, cancellationToken);

    /// <summary>Lets somebody do something signed in, and signs them out again.</summary>
    public async Task AsAsync(Person person, Func<SessionKey, Task> act, CancellationToken cancellationToken)
    {
        var session = await sessions.BeginAsync(new SignedIn { Person = person, IdToken = "", Nonce = $"rehearsal-{Guid.NewGuid():N}" }, cancellationToken);
        try
        {
            await act(session);
        }
        finally
        {
            await sessions.EndAsync(session, SessionEnd.SignedOut, by: null, CancellationToken.None);
        }
    }

    public void Dispose() => _http.Dispose();

    private sealed record Directory(string Issuer, IReadOnlyList<Account> Accounts);

    private sealed record Account(string Name, string Subject, string DisplayName, IReadOnlyList<string> Roles, IReadOnlyList<string> Groups);
}
