using System.Text.Json;
using RestEase;

namespace Portal.DigitalOcean.Calls;

/// <summary>How every call goes: a token, the request, the answer, with as much patience as it deserves, and once more with a fresh token after a 401.</summary>
internal sealed class ApiCaller(IDigitalOceanApi api, ApiPatience patience, IApiTokenSource tokens, TimeProvider clock, IApiCallObserver? observer)
{
    private RateLimit? _lastSeen;

    public RateLimit? LastSeen => Volatile.Read(ref _lastSeen);

    /// <param name="operation">What is called.</param>
    /// <param name="body">The body, for an unsafe call: tells whether a request that failed may have left.</param>
    /// <param name="send">Sends it with the value of the Authorization header.</param>
    /// <param name="read">Makes the result of a success and its request id.</param>
    /// <param name="cancellationToken">The caller's own.</param>
    public async Task<Result<TModel, ApiFailure>> CallAsync<TWire, TModel>(
        Operation operation,
        Func<RequestBody?>? body,
        Func<IDigitalOceanApi, string, RequestBody?, CancellationToken, Task<Response<TWire>>> send,
        Func<TWire, string?, TModel> read,
        CancellationToken cancellationToken)
        where TModel : notnull
    {
        var found = await TokenAsync(operation, cancellationToken);
        if (!found.TryGet(out var token, out var missing))
        {
            return missing;
        }

        var answer = await AttemptAsync(token);
        if (answer is not Result<TModel, ApiFailure>.Failed({ Kind: ApiFailureKind.Unauthorized } refused))
        {
            return answer;
        }

        // Refused means not executed, so that even a POST can be sent again. Once: a token that is still refused needs a person.
        tokens.Refuse(token);
        found = await TokenAsync(operation, cancellationToken);
        return found.TryGet(out token, out missing)
            ? await AttemptAsync(token)
            : refused with { Detail = $"the token was refused, and there is no other: {missing.Detail}" };

        Task<Result<TModel, ApiFailure>> AttemptAsync(ApiToken with) =>
            patience.RunAsync(operation, attempt => SendAsync(operation, with, body?.Invoke(), send, read, new Ends(attempt, cancellationToken)), cancellationToken);
    }

    private async Task<Result<ApiToken, ApiFailure>> TokenAsync(Operation operation, CancellationToken cancellationToken)
    {
        var found = await tokens.GetAsync(operation.Purpose, cancellationToken);
        if (!found.TryGet(out var token, out var failure))
        {
            return new ApiFailure { Kind = ApiFailureKind.NoToken, Detail = failure.Message };
        }

        // Anything else could not be sent as a header, and the exception would be about its text.
        return token.Value.Reveal() is { Length: > 0 } text && text.All(c => c is > ' ' and <= '~')
            ? token
            : new ApiFailure { Kind = ApiFailureKind.NoToken, Detail = "the token in the vault is empty or has spaces or line breaks in it" };
    }

    private async Task<Result<TModel, ApiFailure>> SendAsync<TWire, TModel>(
        Operation operation,
        ApiToken token,
        RequestBody? body,
        Func<IDigitalOceanApi, string, RequestBody?, CancellationToken, Task<Response<TWire>>> send,
        Func<TWire, string?, TModel> read,
        Ends ends)
        where TModel : notnull
    {
        using var trace = ApiTrace.Begin(operation);
        var began = clock.GetTimestamp();
        AnswerHead? head = null;
        ApiFailure? failure = null;
        try
        {
            var response = await send(api, $"Bearer {token.Value.Reveal()}", body, ends.Attempt);
            using var message = response.ResponseMessage;
            head = AnswerHead.Of(message, clock.GetUtcNow());
            var result = Judge(response, head, read);
            if (result is not Result<TModel, ApiFailure>.Failed(var seen))
            {
                return result;
            }

            return failure = seen.Kind is ApiFailureKind.Forbidden ? seen with { Scope = operation.Scope } : seen;
        }
        catch (OperationCanceledException) when (!ends.Caller.IsCancellationRequested)
        {
            return failure = TimedOut(body, ends.Attempt.IsCancellationRequested);
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            var isNotSent = FailureReasons.IsBeforeSending(broken) || body is { WritingBegan: false };
            return failure = FailureReader.NoAnswer(isNotSent, FailureReasons.Of(broken));
        }
        finally
        {
            body?.Dispose();
            ApiTrace.End(trace, head, failure);
            Report(operation, token, head, failure, clock.GetElapsedTime(began));
        }
    }

    /// <summary>The attempt's own time ran out, or, when that is not so, <c>SocketsHttpHandler</c>'s for connecting.</summary>
    private static ApiFailure TimedOut(RequestBody? body, bool isOurs)
    {
        if (!isOurs)
        {
            return FailureReader.NoAnswer(isCertainlyNotSent: true, FailureReasons.ConnectTimeout);
        }

        return body is { WritingBegan: false }
            ? FailureReader.NoAnswer(isCertainlyNotSent: true, FailureReasons.TimeoutBeforeSending)
            : FailureReader.NoAnswer(isCertainlyNotSent: false, FailureReasons.TimeoutAfterSending);
    }

    private static Result<TModel, ApiFailure> Judge<TWire, TModel>(
        Response<TWire> response, AnswerHead head, Func<TWire, string?, TModel> read)
        where TModel : notnull
    {
        var message = response.ResponseMessage;
        if (!message.IsSuccessStatusCode)
        {
            return FailureReader.Read(head, message.Content, response.StringContent);
        }

        if (message.Content is LostContent lost)
        {
            return FailureReader.InvalidSuccess(head, lost.Reason);
        }

        try
        {
            return read(response.GetContent(), head.RequestId);
        }
        catch (JsonException)
        {
            return FailureReader.InvalidSuccess(head, "the answer was not what was expected");
        }
        catch (InvalidAnswerException invalid)
        {
            return FailureReader.InvalidSuccess(head, invalid.Message);
        }
    }

    private void Report(Operation operation, ApiToken token, AnswerHead? head, ApiFailure? failure, TimeSpan duration)
    {
        if (head?.RateLimit is { } rateLimit)
        {
            Volatile.Write(ref _lastSeen, rateLimit);
        }

        observer?.Seen(new ApiCall
        {
            Operation = operation.Id,
            Method = operation.Method.Method,
            Purpose = operation.Purpose,
            Status = head?.Status,
            RequestId = failure?.RequestId ?? head?.RequestId,
            Failure = failure?.Kind,
            RateLimit = head?.RateLimit,
            TokenVersion = token.Version,
            Duration = duration,
        });
    }

    /// <param name="Attempt">The time of one attempt is over, or whatever ends the caller's.</param>
    /// <param name="Caller">The caller gave up.</param>
    private sealed record Ends(CancellationToken Attempt, CancellationToken Caller);
}
