using Microsoft.Extensions.Options;

namespace Portal.Commands;

/// <summary><c>config check</c>: one line for each thing that the portal needs.</summary>
internal sealed class ConfigCheck(CommandScene scene)
{
    private int _wrong;

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (!await SettingsHoldAsync())
        {
            return ExitCode.Wrong;
        }

        var services = scene.Services;
        await SayAsync(ActivatorUtilities.CreateInstance<DatabaseCheck>(services).TryAsync(cancellationToken));
        var isDatabaseGood = _wrong == 0;
        await SayAsync(ActivatorUtilities.CreateInstance<HeadsCheck>(services).TryAsync(isDatabaseGood, cancellationToken));
        await SayAsync(ActivatorUtilities.CreateInstance<VaultCheck>(services).TryAsync(isDatabaseGood, cancellationToken));
        await SayAsync(ActivatorUtilities.CreateInstance<DigitalOceanCheck>(services).TryAsync(isDatabaseGood, cancellationToken));
        await SayAsync(ActivatorUtilities.CreateInstance<NetworkCheck>(services).TryAsync(cancellationToken));
        await SayAsync(ActivatorUtilities.CreateInstance<SignInCheck>(services).TryAsync(cancellationToken));
        await SayAsync(ActivatorUtilities.CreateInstance<NoticesCheck>(services).TryAsync(cancellationToken));
        await scene.Output.WriteLineAsync(_wrong switch
        {
            0 => "Nothing is wrong.",
            1 => "One thing is wrong.",
            _ => $"{_wrong} things are wrong.",
        });
        return _wrong == 0 ? ExitCode.Done : ExitCode.Wrong;
    }

    /// <summary>All that is wrong at once, as the start would say it.</summary>
    private async Task<bool> SettingsHoldAsync()
    {
        try
        {
            scene.Services.GetRequiredService<IStartupValidator>().Validate();
            await SayAsync(Found.Good("settings", "every key is known and every value is possible"));
            return true;
        }
        catch (OptionsValidationException exception)
        {
            await SayWrongAsync(exception.Failures);
        }
        catch (AggregateException exception) when (exception.InnerExceptions.All(inner => inner is OptionsValidationException))
        {
            await SayWrongAsync(exception.InnerExceptions.Cast<OptionsValidationException>().SelectMany(inner => inner.Failures));
        }

        return false;
    }

    private async Task SayWrongAsync(IEnumerable<string> failures)
    {
        foreach (var failure in failures)
        {
            await SayAsync(Found.Wrong("settings", failure));
        }

        await scene.Output.WriteLineAsync("The rest was not tried: the portal does not start like this.");
    }

    private async Task SayAsync(IAsyncEnumerable<Found> all)
    {
        await foreach (var found in all)
        {
            await SayAsync(found);
        }
    }

    private Task SayAsync(Found found)
    {
        _wrong += found.Verdict is Verdict.Wrong ? 1 : 0;
        var word = found.Verdict switch
        {
            Verdict.Good => "OK   ",
            Verdict.Note => "NOTE ",
            _ => "WRONG",
        };
        return scene.Output.WriteLineAsync($"{word}  {found.What}: {found.Words}");
    }
}
