namespace Portal.Operations;

/// <summary><c>dotnet Portal.dll health [ADDRESS]</c>: asks the portal that runs beside it whether it is ready, where there is no shell and no curl.</summary>
/// <remarks>It builds nothing of the portal, so that it can be run every few seconds.</remarks>
internal static class HealthCommand
{
    // Those of a container's health check: 0 is healthy, 1 is not, others are reserved (docs.docker.com/reference/dockerfile/#healthcheck).
    private const int Ready = 0;
    private const int NotReady = 1;

    private const string Usage =
        """
        usage: dotnet Portal.dll health [ADDRESS]

        Asks /health/ready of the portal at ADDRESS, for example http://127.0.0.1:8080. Without it, of the one on this machine that
        listens on the first address of ASPNETCORE_URLS, or else on the first port of ASPNETCORE_HTTP_PORTS.
        Ends with 0 when it is ready, 1 when it is not, or does not answer within 4 seconds.
        """;

    private static readonly string[] EveryAddress = ["://+", "://*", "://0.0.0.0", "://[::]"];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    public static bool IsWanted(IReadOnlyList<string> arguments) => arguments is ["health", ..];

    /// <param name="urls"><c>ASPNETCORE_URLS</c>, as the portal itself reads it: addresses with semicolons between them, in which + or * is every address of the machine.</param>
    /// <param name="ports"><c>ASPNETCORE_HTTP_PORTS</c>: ports with semicolons between them.</param>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, string? urls, string? ports, TextWriter output, TextWriter error)
    {
        if (Address(arguments, urls, ports) is not { } portal)
        {
            await error.WriteLineAsync(Usage);
            return NotReady;
        }

        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false };
        using var client = new HttpClient(handler) { Timeout = Patience };
        try
        {
            using var answer = await client.GetAsync(new Uri(portal, OperationsRoom.ReadyAddress));
            var words = await answer.Content.ReadAsStringAsync();
            await output.WriteLineAsync($"{portal} answers {(int)answer.StatusCode}: {(answer.Content.Headers.ContentType?.MediaType is "text/plain" ? words : "not the words of a portal")}");
            return answer.IsSuccessStatusCode ? Ready : NotReady;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            await error.WriteLineAsync($"{portal} does not answer: {(exception is OperationCanceledException ? $"{Patience.TotalSeconds:0} seconds are over." : exception.Message)}");
            return NotReady;
        }
    }

    private static Uri? Address(IReadOnlyList<string> arguments, string? urls, string? ports)
    {
        var text = arguments.Count switch
        {
            1 when Parts(urls) is [var url, ..] => EveryAddress.Aggregate(url, (own, every) => own.Replace(every, "://127.0.0.1", StringComparison.Ordinal)),
            1 when Parts(ports) is [var port, ..] => $"http://127.0.0.1:{port}",
            2 => arguments[1],
            _ => null,
        };
        return Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps) ? address : null;
    }
    private static string[] Parts(string? list) => list?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
