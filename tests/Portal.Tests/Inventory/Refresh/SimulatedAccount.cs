using System.Globalization;
using System.Net;

namespace Portal.Tests.Inventory.Refresh;

/// <summary>DigitalOcean's rate limit to the letter: 250 calls a minute and 5,000 an hour, each from the moment it arrives. The clock moves while a call is under way.</summary>
internal sealed class SimulatedAccount(ManualTimeProvider clock, TimeSpan way)
{
    private readonly Queue<DateTimeOffset> _minute = new();
    private readonly Queue<DateTimeOffset> _hour = new();

    public int Calls { get; private set; }

    public int Refused { get; private set; }

    /// <summary>The fullest hour there was.</summary>
    public int MostInHour { get; private set; }

    public bool IsDown { get; set; }

    /// <summary>A call of somebody else with the same token.</summary>
    public void Take()
    {
        _minute.Enqueue(clock.GetUtcNow());
        _hour.Enqueue(clock.GetUtcNow());
    }

    public HttpResponseMessage Answer(HttpRequestMessage request)
    {
        if (IsDown)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, "down");
        }

        clock.Advance(way);
        Calls++;
        Forget(_minute, TimeSpan.FromMinutes(1));
        Forget(_hour, TimeSpan.FromHours(1));
        var isRefused = _minute.Count >= 250 || _hour.Count >= 5000;
        if (isRefused)
        {
            Refused++;
        }
        else
        {
            Take();
            MostInHour = Math.Max(MostInHour, _hour.Count);
        }

        var answer = new HttpResponseMessage(isRefused ? HttpStatusCode.TooManyRequests : HttpStatusCode.OK) { Content = new StringContent(BodyFor(request)) };
        Tell(answer, "ratelimit-limit", 5000);
        Tell(answer, "ratelimit-remaining", isRefused ? 0 : 5000 - _hour.Count);
        Tell(answer, "ratelimit-reset", (_hour.TryPeek(out var oldest) ? oldest : clock.GetUtcNow()).AddHours(1).ToUnixTimeSeconds());
        clock.Advance(way);
        return answer;
    }

    private static string BodyFor(HttpRequestMessage request) => request.RequestUri!.AbsolutePath switch
    {
        var path when path.EndsWith("/pools", StringComparison.Ordinal) => """{"pools":[]}""",
        var path when path.EndsWith("/replicas", StringComparison.Ordinal) => """{"replicas":[]}""",
        _ => """{"databases":[]}""",
    };

    private static void Tell(HttpResponseMessage answer, string header, long value) =>
        answer.Headers.TryAddWithoutValidation(header, value.ToString(CultureInfo.InvariantCulture));

    private void Forget(Queue<DateTimeOffset> window, TimeSpan length)
    {
        while (window.TryPeek(out var oldest) && oldest + length <= clock.GetUtcNow())
        {
            window.Dequeue();
        }
    }
}
