using System.Globalization;
using System.Text.Json;

namespace Portal.IntegrationTests.Crashes;

/// <summary>A real portal as a process of its own, with the saboteur inside.</summary>
internal sealed class CrashPortal : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly PortalProcess _process;
    private readonly string _answersFile;
    private int _orders;

    private CrashPortal(PortalProcess process, string answersFile)
    {
        _process = process;
        _answersFile = answersFile;
    }

    public PortalProcess Process => _process;

    /// <param name="clockOff">Seconds by which its clock is off.</param>
    public static async Task<CrashPortal> StartAsync(IEnumerable<string> arguments, string answersFile, string logFile, int clockOff)
    {
        var portal = new CrashPortal(
            PortalProcess.Start(
                arguments,
                new Dictionary<string, string>
                {
                    ["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location,
                    [Saboteur.AnswersFile] = answersFile,
                    [Saboteur.ClockOff] = clockOff.ToString(CultureInfo.InvariantCulture),
                },
                logFile),
            answersFile);
        await Eventually.BecomesTrueAsync("the portal has started", () => portal.Answers().Count > 0 || portal._process.HasExited, Deadline);
        portal._process.HasExited.ShouldBeFalse($"the portal did not start: see {logFile}");
        return portal;
    }

    /// <summary>Written down, and not waited for; nothing when the process is gone.</summary>
    public void Give(Order order)
    {
        try
        {
            _process.Input.WriteLine(JsonSerializer.Serialize(order));
            _process.Input.Flush();
            _orders++;
        }
        catch (IOException)
        {
            // Killed meanwhile: it is asked for again after the restart.
        }
    }

    /// <summary>The answer to one order, all earlier ones having been answered before.</summary>
    public async Task<OrderAnswer> DoAsync(Order order)
    {
        Give(order);
        await AnsweredAsync();
        return Answers()[^1];
    }

    public bool IsAnswered => Answers().Count > _orders;

    /// <summary>Every order has its answer, or the process is gone.</summary>
    public async Task AnsweredAsync()
    {
        await Eventually.BecomesTrueAsync("every order is answered", () => IsAnswered || _process.HasExited, Deadline);
        Answers().Select(answer => answer.Broke).OfType<string>().ShouldBeEmpty();
    }

    /// <summary>What has been answered so far; the first says where the portal is.</summary>
    public IReadOnlyList<OrderAnswer> Answers()
    {
        if (!File.Exists(_answersFile))
        {
            return [];
        }

        using var reader = new StreamReader(new FileStream(_answersFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var text = reader.ReadToEnd();
        // The last line may have been cut by the kill.
        return [.. text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<OrderAnswer>(line)!)];
    }

    public void Dispose() => _process.Dispose();
}
