using Portal.DigitalOcean;

namespace Portal.Tests.DigitalOcean;

/// <summary>Gives the first token until it is refused, then the second, and so on; nothing after the last.</summary>
internal sealed class TokenList(params string[] tokens) : IApiTokenSource
{
    private int _current;

    public List<TokenPurpose> AskedFor { get; } = [];

    public List<string> Refused { get; } = [];

    public ValueTask<Result<ApiToken, TokenFailure>> GetAsync(TokenPurpose purpose, CancellationToken cancellationToken)
    {
        AskedFor.Add(purpose);
        return ValueTask.FromResult<Result<ApiToken, TokenFailure>>(_current < tokens.Length
            ? new ApiToken(new Secret(tokens[_current]), $"v{_current + 1}")
            : new TokenFailure("the vault is sealed"));
    }

    public void Refuse(ApiToken token)
    {
        Refused.Add(token.Version);
        _current++;
    }
}
