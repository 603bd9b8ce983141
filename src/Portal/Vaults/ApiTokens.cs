using Microsoft.Extensions.Options;
using Portal.DigitalOcean;

namespace Portal.Vaults;

/// <summary>DigitalOcean's API tokens, out of the vault: one for everything, or one for everything but passwords and one for passwords alone.</summary>
internal sealed class ApiTokens : IApiTokenSource, IDisposable
{
    private readonly KeptSecret _manage;
    private readonly KeptSecret _credentials;

    public ApiTokens(IVault vault, IOptions<VaultOptions> options, TimeProvider clock, ILogger<ApiTokens> logger)
    {
        var settings = options.Value;
        _manage = Keep("the API token", settings.ApiToken);
        _credentials = settings.CredentialsToken is { } place ? Keep("the API token for passwords", place) : _manage;

        KeptSecret Keep(string what, SecretPlace place) => new(vault, what, place.Path, place.Field, settings.CacheFor, clock, logger);
    }

    /// <summary>Whether passwords are read with a token of their own.</summary>
    public bool AreTwo => !ReferenceEquals(_manage, _credentials);

    /// <summary>The first trouble of the vault that is bridged at this moment by what was read before.</summary>
    public (VaultFailure Failure, DateTimeOffset Until)? Trouble => _manage.Trouble ?? _credentials.Trouble;

    /// <summary>Of each token what is kept in memory at this moment; without those that were not read yet, or were refused.</summary>
    public IReadOnlyList<(TokenPurpose Purpose, KeptVersion Secret)> Kept =>
    [
        .. _manage.Kept is { } manage ? [(TokenPurpose.Manage, manage)] : Array.Empty<(TokenPurpose, KeptVersion)>(),
        .. AreTwo && _credentials.Kept is { } credentials ? [(TokenPurpose.ViewCredentials, credentials)] : Array.Empty<(TokenPurpose, KeptVersion)>(),
    ];

    public async ValueTask<Result<ApiToken, TokenFailure>> GetAsync(TokenPurpose purpose, CancellationToken cancellationToken) =>
        (await (purpose is TokenPurpose.ViewCredentials ? _credentials : _manage).GetAsync(cancellationToken)).Match<Result<ApiToken, TokenFailure>>(
            secret => IsToken(secret.Value)
                ? new ApiToken(secret.Value, secret.Version)
                : new TokenFailure("What the vault holds as the API token is not one: it has spaces, line breaks or letters that no token has. Put the bare token there."),
            failure => new TokenFailure(failure.Message));

    public void Refuse(ApiToken token)
    {
        _manage.Refuse(token.Value);
        if (AreTwo)
        {
            _credentials.Refuse(token.Value);
        }
    }

    public void Dispose()
    {
        _manage.Dispose();
        _credentials.Dispose();
    }

    // A header refuses other text with an exception that quotes it.
    private static bool IsToken(Secret value) => value.Reveal().All(letter => letter is > ' ' and < '\x7f');
}
