using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Portal.Access;
using Portal.Changes;
using Portal.DigitalOcean;
using Portal.Vaults;

namespace Portal.Benchmarks.Stage;

/// <summary>The sandbox's developer, who asks a portal's own services for pools of orders-prod, without a page.</summary>
internal sealed class Asker
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly IServiceProvider _services;
    private readonly SessionKey _session;

    private Asker(IServiceProvider services, SessionKey session) => (_services, _session) = (services, session);

    public static async Task<Asker> AtAsync(WebApplication portal, SandboxService sandbox, CancellationToken cancellationToken)
    {
        // What the start of a portal does: without this key nobody has a session.
        await portal.Services.GetRequiredService<KeyEncryptionKeys>().LookAsync(cancellationToken);
        var person = await PersonAsync(sandbox, "developer", cancellationToken);
        var session = await portal.Services.GetRequiredService<Sessions>()
            .BeginAsync(new SignedIn { Person = person, IdToken = "", Nonce = $"bench-{Guid.NewGuid():N}" }, cancellationToken);
        return new Asker(portal.Services, session);
    }

    /// <param name="size">Up to 5 is made at once; more waits for a lead.</param>
    /// <returns>The number of the change.</returns>
    public async Task<long> AskAsync(string name, int size, CancellationToken cancellationToken)
    {
        var answer = await _services.GetRequiredService<ChangeRequests>().SubmitAsync(
            _session,
            new CreatePool
            {
                FormId = Guid.NewGuid(),
                Team = "Payments",
                ClusterId = Bench.OrdersProd,
                Name = name,
                Mode = PoolMode.Transaction,
                Size = FormattableString.Invariant($"{size}"),
                Database = "checkout",
                User = "app",
                Reason = "To see how fast it is",
            },
            cancellationToken);
        return answer.TryGet(out var change, out var refusal)
            ? change.Id
            : throw new InvalidOperationException($"Not asked for: {string.Join("; ", refusal.Mistakes.Select(mistake => mistake.Message).Append(refusal.Message))}");
    }

    /// <summary>Waits until the portal has carried it out, or waits for a person.</summary>
    public async Task<ChangeState> EndAsync(long change, CancellationToken cancellationToken)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        late.CancelAfter(Patience);
        using var moved = new SemaphoreSlim(0);
        void OnMoved(long which) => moved.Release();
        var feed = _services.GetRequiredService<ChangeFeed>();
        feed.Moved += OnMoved;
        try
        {
            while (true)
            {
                var now = (await _services.GetRequiredService<ChangeQueries>().FindAsync(change, late.Token))!;
                if (now.IsFinished || now.State is ChangeState.Conflict or ChangeState.NeedsPerson)
                {
                    return now.State;
                }

                await moved.WaitAsync(late.Token);
            }
        }
        finally
        {
            feed.Moved -= OnMoved;
        }
    }

    /// <summary>Whom a sign-in by the sandbox makes of an account.</summary>
    private static async Task<Person> PersonAsync(SandboxService sandbox, string account, CancellationToken cancellationToken)
    {
        var directory = await sandbox.SendAsync(HttpMethod.Get, "/sandbox/accounts", body: null, cancellationToken);
        var found = directory.GetProperty("accounts").EnumerateArray().Single(one => one.GetProperty("name").GetString() == account);
        return new Person(
            $"{directory.GetProperty("issuer").GetString()}|{found.GetProperty("subject").GetString()}",
            found.GetProperty("displayName").GetString()!,
            new HashSet<Role> { Role.Developer },
            found.GetProperty("groups").EnumerateArray().Select(group => group.GetString()!).ToHashSet(StringComparer.Ordinal));
    }
}
