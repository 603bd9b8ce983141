using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication;
using Portal.Audit;
using Portal.Storage;

namespace Portal.Access;

/// <summary>Ends a sign-in that failed: recorded, logged, and with a page that says why.</summary>
internal sealed class SignInRefusals(AuditLog audit, AccessMeter meter, ILogger<SignInRefusals> logger) : IDisposable
{
    // Anybody can make a sign-in fail without being known. The record is kept for ever, so a flood goes to the log alone.
    private readonly FixedWindowRateLimiter _recorded = new(new FixedWindowRateLimiterOptions
    {
        PermitLimit = 60,
        Window = TimeSpan.FromMinutes(1),
        QueueLimit = 0,
    });

    public Task AnswerAsync(RemoteFailureContext context)
    {
        context.HandleResponse();
        return AnswerAsync(context.HttpContext, Meaning(context.Failure), context.Properties?.RedirectUri);
    }

    public async Task AnswerAsync(HttpContext context, SignInRefusedException refused, string? returnAddress)
    {
        var code = SignInFailures.Code(refused.Failure);
        meter.NotSignedIn(refused.Failure);
        logger.SignInRefused(code, refused.Message);
        using var permit = _recorded.AttemptAcquire();
        if (permit.IsAcquired || refused.Actor != AuditActor.Portal)
        {
            await RecordAsync(code, refused, WhoIsThere.AddressOf(context), context.RequestAborted);
        }

        context.Response.Redirect(context.Request.PathBase + SignInFailures.Address(refused.Failure, returnAddress ?? refused.ReturnAddress));
    }

    public void Dispose() => _recorded.Dispose();

    private async Task RecordAsync(string code, SignInRefusedException refused, string? from, CancellationToken cancellationToken)
    {
        try
        {
            var details = new Dictionary<string, string?>(StringComparer.Ordinal) { ["reason"] = code, ["detail"] = refused.Message, ["from"] = from };
            await audit.AppendAsync(new AuditEntry(AuditAction.SignInRefused) { Actor = refused.Actor, Details = details }, cancellationToken);
        }
        catch (Exception exception) when (Database.IsTrouble(exception))
        {
            // Nobody gets in, recorded or not; the person should still be told.
            logger.RefusalNotRecorded(exception);
        }
    }

    private static SignInRefusedException Meaning(Exception? failure) => failure switch
    {
        SignInRefusedException refused => refused,

        // The framework marks the provider's own errors by their code, and leaves its own (state, correlation) unmarked.
        { } error when error.Data.Contains("error") => new SignInRefusedException(SignInFailure.ProviderRefused, "The provider answered with an error."),
        AuthenticationFailureException error => new SignInRefusedException(SignInFailure.Lost, error.Message),
        null => new SignInRefusedException(SignInFailure.Lost, "The sign-in ended without an answer."),
        var other => throw new InvalidOperationException("The sign-in broke.", other),
    };
}
