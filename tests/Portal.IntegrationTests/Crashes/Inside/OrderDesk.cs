using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Portal.Access;
using Portal.Changes;
using Portal.DigitalOcean;
using Portal.Inventory;
using Portal.Storage;
using Portal.Vaults;

namespace Portal.IntegrationTests.Crashes;

/// <summary>Takes orders from the standard input, one after the other, and writes the answers to a file that outlives the process.</summary>
internal sealed class OrderDesk(IServiceProvider services, ShiftedClock clock, string answersFile)
{
    public async Task ServeAsync()
    {
        await using var answers = new StreamWriter(new FileStream(answersFile, FileMode.Append, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true };
        await SayAsync(answers, new OrderAnswer(Address: services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()));
        while (await Console.In.ReadLineAsync() is { } line)
        {
            await SayAsync(answers, await TryAsync(JsonSerializer.Deserialize<Order>(line)!));
        }
    }

    private static Task SayAsync(StreamWriter answers, OrderAnswer answer) => answers.WriteLineAsync(JsonSerializer.Serialize(answer));

    /// <summary>Nobody gives up because the database is in trouble, or because the portal waits for its vault and answers 503: that ends.</summary>
    private async Task<OrderAnswer> TryAsync(Order order)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!services.GetRequiredService<KeyEncryptionKeys>().IsReady)
        {
            await pause.WaitForNextTickAsync();
        }

        while (true)
        {
            try
            {
                return await DoAsync(order);
            }
            catch (Exception exception) when (Database.IsTrouble(exception))
            {
                await pause.WaitForNextTickAsync();
            }
            catch (Exception exception)
            {
                // A page would have stopped working. The harness must hear of it, not wait for an answer.
                return new OrderAnswer(Broke: exception.ToString());
            }
        }
    }

    private async Task<OrderAnswer> DoAsync(Order order)
    {
        switch (order)
        {
            case { Own: { } pools }:
                await OwnedPools.WriteAsync(services.GetRequiredService<InventoryReader>(), services.GetRequiredService<Database>(), pools, clock.GetUtcNow());
                return new OrderAnswer();
            case { Create: { } asked }:
                return Answer(asked.FormId, await services.GetRequiredService<ChangeRequests>().SubmitAsync(await SignInAsync(Role.Developer), asked, CancellationToken.None));
            case { Existing: { } asked }:
                var role = asked.Kind is ChangeKind.Adopt or ChangeKind.ResetPassword ? Role.TeamLead : Role.Developer;
                return Answer(asked.FormId, await services.GetRequiredService<ChangeRequests>().SubmitAsync(await SignInAsync(role), asked, CancellationToken.None));
            case { Word: { } word }:
                var decisions = services.GetRequiredService<ChangeDecisions>();
                var lead = await SignInAsync(Role.TeamLead);
                var refusal = word.IsOurs
                    ? await decisions.TakeAsOursAsync(lead, word.Change, CancellationToken.None)
                    : await decisions.GiveUpAsync(lead, word.Change, CancellationToken.None);
                return new OrderAnswer(Change: word.Change, Refused: refusal?.Message);
            case { Freeze: { } isFrozen }:
                return new OrderAnswer(Refused: await FreezeAsync(isFrozen));
            case { Arm: { } arm }:
                KillSwitch.Arm(arm.Point, arm.Times);
                return new OrderAnswer();
            case { ClockOff: { } seconds }:
                clock.Shift = TimeSpan.FromSeconds(seconds);
                return new OrderAnswer();
            default:
                return new OrderAnswer(Refused: "no such order");
        }
    }

    /// <returns>Why not; null when it is done.</returns>
    private async Task<string?> FreezeAsync(bool isFrozen)
    {
        var desk = services.GetRequiredService<FreezeDesk>();
        var admin = await SignInAsync(Role.Admin);
        if (isFrozen)
        {
            var until = clock.GetUtcNow().AddDays(1).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);
            var answer = await desk.FreezeAsync(admin, new FreezeRequest(Cluster: null, "until all is asked for", until), CancellationToken.None);
            return answer.TryGet(out _, out var not) ? null : not.Message ?? not.Mistakes[0].Message;
        }

        foreach (var freeze in await services.GetRequiredService<Freezes>().LookAsync(CancellationToken.None))
        {
            if (await desk.EndAsync(admin, freeze.Id, CancellationToken.None) is { } refusal)
            {
                return refusal.Message;
            }
        }

        return null;
    }

    private static OrderAnswer Answer(Guid form, Result<PoolChange, NotTaken> answer) =>
        answer.TryGet(out var change, out var notTaken)
            ? new OrderAnswer(form, change.Id)
            : new OrderAnswer(form, Refused: string.Join("; ", notTaken.Mistakes.Select(mistake => mistake.Message).Append(notTaken.Message)));

    private Task<SessionKey> SignInAsync(Role role) => services.GetRequiredService<Sessions>().BeginAsync(
        new SignedIn
        {
            Person = new Person($"test|{role}", $"{role}", new HashSet<Role> { role }, new HashSet<string> { "payments", "payments-leads" }),
            IdToken = "not-a-token",
            Nonce = $"{Guid.NewGuid():N}",
        },
        CancellationToken.None);
}
