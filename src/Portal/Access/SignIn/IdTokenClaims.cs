using System.Collections.Frozen;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Portal.DigitalOcean;

namespace Portal.Access;

/// <summary>Who somebody is, out of the claims of an id token that is known to be valid.</summary>
internal static class IdTokenClaims
{
    // The columns that hold a person's id and name.
    private const int LongestText = 200;

    private static readonly FrozenDictionary<string, Role> RolesByName = new Dictionary<string, Role>(StringComparer.Ordinal)
    {
        ["Pool.Developer"] = Role.Developer,
        ["Pool.TeamLead"] = Role.TeamLead,
        ["Pool.Admin"] = Role.Admin,
        ["Pool.Auditor"] = Role.Auditor,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static Result<IdToken, IdTokenFault> Read(JsonWebToken token, SignInOptions options)
    {
        if (IsCutShort(token))
        {
            // No groups in the token does not mean none: the provider wants to be asked for them.
            return new IdTokenFault(SignInFailure.TooManyGroups, "The provider left the groups out because there are too many.");
        }

        if (token.Subject is not { Length: > 0 and <= 255 } subject || !subject.All(letter => letter is >= ' ' and <= '~'))
        {
            return new IdTokenFault(SignInFailure.TokenRefused, "The id token has no usable subject.");
        }

        return new IdToken(
            options.Tenant is { } tenant ? Fitting($"{tenant}|{token.GetPayloadValue<string>("oid")}") : IdOf(token.Issuer, subject),
            NameIn(token) ?? subject,
            Texts(token, options.RolesClaim).Where(RolesByName.ContainsKey).Select(name => RolesByName[name]).ToFrozenSet(),
            Texts(token, options.GroupsClaim).ToFrozenSet(StringComparer.Ordinal),
            Texts(token, "sid").FirstOrDefault(),
            token.TryGetPayloadValue<long>("auth_time", out var at) ? DateTimeOffset.FromUnixTimeSeconds(at) : null);
    }

    /// <summary>What the portal calls a person whom the provider calls so. See <see cref="Person.Id"/>.</summary>
    public static string IdOf(string issuer, string subject) => Fitting($"{issuer}|{subject}");

    // https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference#groups-overage-claim
    private static bool IsCutShort(JsonWebToken token) =>
        token.TryGetPayloadValue<object>("_claim_names", out _)
            || (token.TryGetPayloadValue<object>("hasgroups", out var marker) && marker is not (false or "false"));

    private static string? NameIn(JsonWebToken token)
    {
        var name = Texts(token, "name").Concat(Texts(token, "preferred_username")).FirstOrDefault(text => !string.IsNullOrWhiteSpace(text) && !text.Any(TurnsText));
        return name is { Length: > LongestText } ? name[..LongestText] : name;
    }

    // Letters that make the rest of a line read backwards: a name that looks like another one's, on a page and in the record.
    private static bool TurnsText(char letter) => letter is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    // Some providers write a list of one as a bare text. What is neither text nor free of control characters names nothing.
    private static IEnumerable<string> Texts(JsonWebToken token, string claim) => token.Claims
        .Where(found => found.Type == claim && found.ValueType == ClaimValueTypes.String && found.Value.Length > 0 && !found.Value.Any(char.IsControl))
        .Select(found => found.Value);

    private static string Fitting(string id) => id.Length <= LongestText
        ? id
        : "sha256|" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)));
}
