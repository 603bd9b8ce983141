using Polly;
using Polly.CircuitBreaker;
using Polly.RateLimiting;
using Polly.Retry;

namespace Portal.DigitalOcean.Calls;

/// <summary>How often and how long a call is tried: time in all, repetitions, a place among so many, the breaker, time for one attempt.</summary>
/// <remarks>
/// Only reads are repeated. What changes something is sent once, also after an answer that says it was not carried out: the change that
/// it belongs to waits and is looked at again, which a repetition in here would not be.
/// </remarks>
internal sealed class ApiPatience
{
    private const int QueueLength = 64;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);
    private static readonly ResiliencePropertyKey<DateTimeOffset> Deadline = new("deadline");

    private readonly DigitalOceanClientOptions _options;
    private readonly TimeProvider _clock;
    private readonly ResiliencePipeline<ApiFailure?> _reads;
    private readonly ResiliencePipeline<ApiFailure?> _changes;

    public ApiPatience(DigitalOceanClientOptions options, ApiBreaker breaker, TimeProvider clock)
    {
        _options = options;
        _clock = clock;
        var reads = Begin(options.ReadTimeout);
        if (options.ReadRetries > 0)
        {
            reads.AddRetry(new RetryStrategyOptions<ApiFailure?>
            {
                MaxRetryAttempts = options.ReadRetries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = options.RetryAfter,
                MaxDelay = LongestWait,
                ShouldHandle = seen => ValueTask.FromResult(IsWorthRepeating(seen.Outcome.Result, seen.Context)),
                DelayGenerator = seen => ValueTask.FromResult(seen.Outcome.Result?.RetryAt - _clock.GetUtcNow()),
            });
        }

        _reads = End(reads, options.ReadsAtOnce, breaker, options.ReadAttemptTimeout);
        _changes = End(Begin(options.UnsafeTimeout), options.UnsafeAtOnce, breaker, options.UnsafeAttemptTimeout);
    }

    /// <param name="operation">What is called.</param>
    /// <param name="attempt">Makes one attempt; its token ends with the attempt's time. What it throws is thrown.</param>
    /// <param name="cancellationToken">The caller's own.</param>
    public async Task<Result<TModel, ApiFailure>> RunAsync<TModel>(
        Operation operation, Func<CancellationToken, Task<Result<TModel, ApiFailure>>> attempt, CancellationToken cancellationToken)
        where TModel : notnull
    {
        Result<TModel, ApiFailure>? last = null;
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(Deadline, _clock.GetUtcNow() + _options.ReadTimeout);
        try
        {
            await (operation.IsUnsafe ? _changes : _reads).ExecuteAsync(
                async tried =>
                {
                    last = await attempt(tried.CancellationToken);
                    return last is Result<TModel, ApiFailure>.Failed(var failure) ? failure : null;
                },
                context);
            return last!;
        }
        catch (ExecutionRejectedException rejected)
        {
            // When the one before it was answered, however badly, that says more.
            return last ?? NotAsked(rejected);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private ResiliencePipelineBuilder<ApiFailure?> Begin(TimeSpan inAll) =>
        new ResiliencePipelineBuilder<ApiFailure?> { TimeProvider = _clock }.AddTimeout(inAll);

    private static ResiliencePipeline<ApiFailure?> End(ResiliencePipelineBuilder<ApiFailure?> builder, int atOnce, ApiBreaker breaker, TimeSpan oneAttempt) =>
        builder.AddConcurrencyLimiter(atOnce, QueueLength).AddPipeline(breaker.Pipeline).AddTimeout(oneAttempt).Build();

    /// <summary>What may pass by itself, and does so while there is still time.</summary>
    private static bool IsWorthRepeating(ApiFailure? failure, ResilienceContext context) =>
        failure is { Kind: ApiFailureKind.Unknown or ApiFailureKind.NotSent or ApiFailureKind.Throttled }
            && !(failure.RetryAt >= context.Properties.GetValue(Deadline, DateTimeOffset.MaxValue));

    private ApiFailure NotAsked(ExecutionRejectedException rejected) => rejected switch
    {
        BrokenCircuitException { RetryAfter: var wait } => new ApiFailure
        {
            Kind = ApiFailureKind.NotSent,
            Detail = FailureReasons.BreakerOpen,
            RetryAt = _clock.GetUtcNow() + (wait ?? ApiBreaker.DefaultBreak),
        },
        RateLimiterRejectedException => FailureReader.NoAnswer(isCertainlyNotSent: true, FailureReasons.TooManyAtOnce),
        _ => FailureReader.NoAnswer(isCertainlyNotSent: true, FailureReasons.TimeoutBeforeSending),
    };
}
