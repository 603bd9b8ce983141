using Polly;
using Polly.CircuitBreaker;

namespace Portal.DigitalOcean;

/// <summary>Stops asking a host that does not answer, and after a while tries it with one call. One for all clients of a host.</summary>
/// <remarks>
/// It opens when of at least 10 calls within 30 seconds half had no answer, could not be sent, or were answered by 408 or 5xx. What is
/// refused in words (401, 404, 422, 429) is an answer.
/// </remarks>
public sealed class ApiBreaker
{
    /// <summary>How long nothing is asked, by default.</summary>
    public static readonly TimeSpan DefaultBreak = TimeSpan.FromSeconds(15);

    private readonly CircuitBreakerStateProvider _state = new();

    /// <param name="clock">For the window and the break.</param>
    /// <param name="breakFor">How long nothing is asked once it has opened; 0.5 s to a day, default 15 s.</param>
    public ApiBreaker(TimeProvider clock, TimeSpan? breakFor = null) =>
        Pipeline = new ResiliencePipelineBuilder<ApiFailure?> { TimeProvider = clock }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<ApiFailure?>
            {
                FailureRatio = 0.5,
                MinimumThroughput = 10,
                SamplingDuration = TimeSpan.FromSeconds(30),
                BreakDuration = breakFor ?? DefaultBreak,
                ShouldHandle = seen => ValueTask.FromResult(seen.Outcome.Result is { Kind: ApiFailureKind.Unknown or ApiFailureKind.NotSent }),
                StateProvider = _state,
            })
            .Build();

    /// <summary>Whether calls are refused at this moment.</summary>
    public bool IsOpen => _state.CircuitState is CircuitState.Open or CircuitState.Isolated;

    internal ResiliencePipeline<ApiFailure?> Pipeline { get; }
}
