using System.Text.Json;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Portal.DigitalOcean;

namespace Portal.Access;

internal sealed record ProviderFailure(string Message);

/// <summary>What the provider says about itself: addresses and keys, kept for 12 hours, and for 12 more while it is down.</summary>
/// <remarks>
/// Not IdentityModel's <c>ConfigurationManager</c>: its refresh runs beside the caller, who then tries a rotated key against the old set,
/// and its clock cannot be set. Specification: <see href="https://openid.net/specs/openid-connect-discovery-1_0.html"/>.
/// </remarks>
internal sealed class ProviderMetadata(IHttpClientFactory clients, IOptions<SignInOptions> options, TimeProvider clock, ILogger<ProviderMetadata> logger) : IDisposable
{
    public const string Client = "sign-in";

    /// <summary>How often a token with an unknown key may make the portal read the keys again.</summary>
    public static readonly TimeSpan RefreshesApart = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan KeepFor = TimeSpan.FromHours(12);
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FailureStands = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _one = new(1, 1);
    private DateTimeOffset _refreshedAt;
    private volatile Kept _kept = new(null, default, null, default);

    /// <summary>The metadata as far as it is at hand: nothing is asked.</summary>
    public OpenIdConnectConfiguration? AtHand => _kept.Metadata;

    public async Task<Result<OpenIdConnectConfiguration, ProviderFailure>> GetAsync(CancellationToken cancellationToken)
    {
        if (Fresh() is { } fresh)
        {
            return fresh;
        }

        await _one.WaitAsync(cancellationToken);
        try
        {
            return Fresh() ?? await ReadAsync(cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Metadata that is newer than <paramref name="seen"/>, as far as that may be asked for: a key was not in it.</summary>
    public async Task<Result<OpenIdConnectConfiguration, ProviderFailure>> GetNewerAsync(OpenIdConnectConfiguration seen, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            var now = clock.GetUtcNow();
            if (!ReferenceEquals(_kept.Metadata, seen) || now < _refreshedAt + RefreshesApart)
            {
                return Fresh() ?? await ReadAsync(cancellationToken);
            }

            _refreshedAt = now;
            return await ReadAsync(cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Reads a token of the provider, and once more with newer metadata when it names a key that these do not have.</summary>
    public async Task<Result<TToken, IdTokenFault>> ReadTokenAsync<TToken>(
        OpenIdConnectConfiguration provider, Func<OpenIdConnectConfiguration, Task<Result<TToken, IdTokenFault>>> read, CancellationToken cancellationToken)
        where TToken : notnull
    {
        var token = await read(provider);
        return !token.TryGet(out _, out var fault) && fault.IsKeyUnknown && (await GetNewerAsync(provider, cancellationToken)).TryGet(out var newer, out _)
            ? await read(newer)
            : token;
    }

    public void Dispose() => _one.Dispose();

    private Result<OpenIdConnectConfiguration, ProviderFailure>? Fresh() => _kept switch
    {
        var kept when clock.GetUtcNow() >= kept.UseUntil => null,
        { Metadata: { } metadata } => metadata,
        { Failure: { } failure } => failure,
        _ => null,
    };

    private async Task<Result<OpenIdConnectConfiguration, ProviderFailure>> ReadAsync(CancellationToken cancellationToken)
    {
        var answer = await AskAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var before = _kept;
        if (answer.TryGet(out var metadata, out var failure))
        {
            _kept = new Kept(metadata, now, null, now + KeepFor);
            return answer;
        }

        logger.ProviderNotRead(failure.Message);
        if (before.Metadata is { } last && now < before.ReadAt + (2 * KeepFor))
        {
            _kept = before with { UseUntil = now + AskAgainAfter };
            return last;
        }

        _kept = new Kept(null, default, failure, now + FailureStands);
        return failure;
    }

    private async Task<Result<OpenIdConnectConfiguration, ProviderFailure>> AskAsync(CancellationToken cancellationToken)
    {
        var authority = options.Value.Authority.TrimEnd('/');
        var mayBePlain = new Uri(authority).Scheme == Uri.UriSchemeHttp;
        try
        {
            using var http = clients.CreateClient(Client);
            var metadata = await OpenIdConnectConfigurationRetriever.GetAsync(
                authority + "/.well-known/openid-configuration",
                new Documents(http, mayBePlain),
                cancellationToken);
            return WhyNot(metadata, authority, mayBePlain) is { } why ? new ProviderFailure(why) : metadata;
        }
        catch (HttpRequestException exception)
        {
            return new ProviderFailure($"The provider's metadata cannot be read: {exception.HttpRequestError}, status {(int?)exception.StatusCode}.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ProviderFailure("The provider did not answer in time.");
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException or FormatException or SecurityTokenException)
        {
            return new ProviderFailure($"The provider's metadata is not what it should be ({exception.GetType().Name}).");
        }
    }

    private static string? WhyNot(OpenIdConnectConfiguration metadata, string authority, bool mayBePlain)
    {
        // Whose metadata names another issuer speaks for somebody else.
        if (metadata.Issuer?.TrimEnd('/') != authority)
        {
            return "The provider's metadata names another issuer than SignIn:Authority.";
        }

        if (!IsSafe(metadata.AuthorizationEndpoint, mayBePlain) || !IsSafe(metadata.TokenEndpoint, mayBePlain) || !IsSafe(metadata.JwksUri, mayBePlain))
        {
            return "The provider's metadata lacks an authorization, token or keys address over https.";
        }

        return metadata.EndSessionEndpoint is { Length: > 0 } end && !IsSafe(end, mayBePlain)
            ? "The provider's metadata names a sign-out address that is not https."
            : null;
    }

    private static bool IsSafe(string? address, bool mayBePlain) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttps || (mayBePlain && uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));

    private sealed record Kept(OpenIdConnectConfiguration? Metadata, DateTimeOffset ReadAt, ProviderFailure? Failure, DateTimeOffset UseUntil);

    private sealed class Documents(HttpClient http, bool mayBePlain) : IDocumentRetriever
    {
        public Task<string> GetDocumentAsync(string address, CancellationToken cancel) => IsSafe(address, mayBePlain)
            ? http.GetStringAsync(new Uri(address), cancel)
            : throw new InvalidOperationException("The provider names an address that is not https.");
    }
}
