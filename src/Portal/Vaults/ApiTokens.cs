using Microsoft.Extensions.Options;
using Portal.DigitalOcean;

namespace Portal.Vaults;

/// <summary>DigitalOcean's API token, out of the vault.</summary>
internal sealed class ApiTokens(IVault vault, IOptions<VaultOptions> options, TimeProvider clock, ILogger<ApiTokens> logger) : IApiTokenSource, IDisposable
{
    private readonly KeptSecret _token = new(
        vault,
        "the API token",
        options.Value.ApiToken.Path,
        options.Value.ApiToken.Field,
        options.Value.CacheFor,
        clock,
        logger);

    /// <remarks>One token serves both purposes.</remarks>
    public async ValueTask<Result<ApiToken, TokenFailure>> GetAsync(TokenPurpose purpose, CancellationToken cancellationToken) =>
        (await _token.GetAsync(cancellationToken)).Match<Result<ApiToken, TokenFailure>>(
            secret => IsToken(secret.Value)
                ? new ApiToken(secret.Value, secret.Version)
                : new TokenFailure("What the vault holds as the API token is not one: it has spaces, line breaks or letters that no token has. Put the bare token there."),
            failure => new TokenFailure(failure.Message));

    public void Refuse(ApiToken token) => _token.Refuse(token.Value);

    public void Dispose() => _token.Dispose();

    // A header refuses other text with an exception that quotes it.
    private static bool IsToken(Secret value) => value.Reveal().All(letter => letter is > ' ' and < '\x7f');
}
