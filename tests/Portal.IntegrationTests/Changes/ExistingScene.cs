using Portal.Access;
using Portal.Changes;
using Portal.DigitalOcean;
using Portal.IntegrationTests.Sandbox;
using Portal.Inventory;
using Portal.Sandbox;
using Portal.Sandbox.Control;

namespace Portal.IntegrationTests.Changes;

/// <summary>A pool of the team Payments that is there, and what people do with it.</summary>
public abstract class ExistingScene(SandboxFixture? server) : ChangeScene(server)
{
    private protected const string Name = "checkout-app";

    private protected static readonly PoolFields AsMade = new(PoolMode.Transaction, 5, "checkout", "app");

    private protected int Puts => _sandbox.Ledger.Count(HttpMethod.Put, OnePool);

    private protected int Deletes => _sandbox.Ledger.Count(HttpMethod.Delete, OnePool);

    /// <summary>The first reading is over too: faults that a test begins later would open the circuit, and keep it from being made.</summary>
    private protected async Task<SessionKey> WithPoolAsync()
    {
        (await CreateAsync(Name)).State.ShouldBe(ChangeState.Done);
        await HasReadAllAsync();
        return await _portal.SignInDeveloperAsync();
    }

    private protected Task<SessionKey> LeadAsync() => _portal.SignInAsync("lead", Role.TeamLead, "payments", "payments-leads");

    private protected static ExistingPoolRequest Ask(ChangeKind kind, PoolFields? before = null, string pool = Name) => new()
    {
        FormId = Guid.NewGuid(),
        Kind = kind,
        ClusterId = SandboxClusters.OrdersProd,
        PoolName = pool,
        Before = before ?? AsMade,
        Confirmation = kind is ChangeKind.ResetPassword ? "app" : pool,
    };

    private protected static ExistingPoolRequest Resize(int size, PoolFields? before = null) =>
        Ask(ChangeKind.Resize, before) with { Size = size.ToString(System.Globalization.CultureInfo.InvariantCulture) };

    private protected async Task<PoolChange> DoAsync(SessionKey session, ExistingPoolRequest request, Func<PoolChange, bool>? until = null)
    {
        var answer = await _portal.Of<ChangeRequests>().SubmitAsync(session, request, CancellationToken.None);
        answer.TryGet(out var change, out var notTaken).ShouldBeTrue(notTaken is null ? null : string.Join("; ", notTaken.Mistakes.Select(mistake => mistake.Message).Append(notTaken.Message)));
        return await _portal.WaitAsync(change!.Id, until ?? (now => now.IsFinished || now.State is ChangeState.Conflict or ChangeState.NeedsPerson));
    }

    private protected async Task<string> RefusedAsync(SessionKey session, ExistingPoolRequest request)
    {
        var answer = await _portal.Of<ChangeRequests>().SubmitAsync(session, request, CancellationToken.None);
        answer.TryGet(out _, out var notTaken).ShouldBeFalse();
        return notTaken!.Message ?? notTaken.Mistakes[0].Message;
    }

    /// <summary>The pool as DigitalOcean has it; null when it has none.</summary>
    private protected async Task<PoolFields?> AtDigitalOceanAsync(string pool = Name)
    {
        using var api = new SandboxApi(_sandbox);
        var answer = await api.GetAsync(SandboxApi.Pool(SandboxClusters.OrdersProd, pool));
        if ((int)answer.Status == 404)
        {
            return null;
        }

        var json = answer.Json.GetProperty("pool");
        var user = json.GetProperty("user").GetString();
        return new PoolFields(
            PoolModes.Parse(json.GetProperty("mode").GetString())!.Value, json.GetProperty("size").GetInt32(), json.GetProperty("db").GetString()!, user is "" ? null : user);
    }

    /// <summary>Somebody changes the pool in DigitalOcean's panel.</summary>
    private protected async Task ChangeInThePanelAsync(PoolFields fields, string pool = Name)
    {
        await HasReadAllAsync();
        using var api = new SandboxApi(_sandbox);
        var answer = await api.PutAsync(SandboxApi.Pool(SandboxClusters.OrdersProd, pool), new { mode = fields.Mode.ToApiText(), size = fields.Size, db = fields.Database, user = fields.User ?? "" });
        ((int)answer.Status).ShouldBe(204);
    }

    private protected async Task DeleteInThePanelAsync(string pool = Name)
    {
        using var api = new SandboxApi(_sandbox);
        ((int)(await api.DeleteAsync(SandboxApi.Pool(SandboxClusters.OrdersProd, pool))).Status).ShouldBe(204);
    }

    private protected async Task<ManagedPool?> ManagedAsync(string pool = Name) =>
        await _portal.Of<InventoryQueries>().FindManagedAsync(SandboxClusters.OrdersProd, pool, CancellationToken.None);

    private protected IReadOnlyList<string> ActionsSince(PoolChange change) => _portal.ActionsOf(change);

    private protected void Once(HttpMethod method, FaultKind kind, int? status = null, int times = 1) => Fault(method, OnePool, kind, times, status);
}
