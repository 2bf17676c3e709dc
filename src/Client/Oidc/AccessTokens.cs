using System.Collections.Immutable;
using BtcAgent.Client.Access;
using BtcAgent.Domain.Access;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace BtcAgent.Client.Oidc;

/// <summary>
/// Judges tokens (JWT) of the configured provider. Invariants:
/// <list type="number">
/// <item>Only RS256 and ES256 count, with a key that the provider publishes now under the token's <c>kid</c>: neither <c>none</c> nor a
/// signature by a shared secret, nor a key that the token brings along.</item>
/// <item>Issuer, audience, begin and end are always checked.</item>
/// <item>A token without a known role, or without its portfolios where these are asked for, is refused.</item>
/// </list>
/// </summary>
internal sealed class AccessTokens(IOptions<GatewayOptions> options, ProviderKeys keys, TimeProvider time)
{
    /// <summary>Longest token, in characters.</summary>
    public const int LengthMax = 8 * 1024;

    private const int SubjectLengthMax = 200;
    private const int KeyIdLengthMax = 200;
    private const string EveryPortfolio = "*";

    private static readonly DateTimeOffset LastEnd = new(2262, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly string[] Algorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.EcdsaSha256];

    /// <summary>Types of access tokens (RFC 9068, and providers before it); not those of log-outs or proofs of possession.</summary>
    private static readonly string[] Types = ["JWT", "at+jwt", "application/at+jwt"];

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = LengthMax };

    private OidcOptions Oidc => options.Value.Oidc;

    /// <summary>True when the text is to be judged as a token: three parts, as no key of this agent has.</summary>
    public bool AreMeantBy(string shown) => Oidc.IsOn && shown.Count(c => c == '.') == 2;

    /// <exception cref="ProviderUnavailableException">The provider's keys cannot be read.</exception>
    public async Task<TokenVerdict> JudgeAsync(string shown)
    {
        if (shown.Length > LengthMax)
        {
            return TokenVerdict.Refuse($"it has more than {LengthMax} characters");
        }

        JsonWebToken token;
        try
        {
            token = _handler.ReadJsonWebToken(shown);
        }
        catch (Exception e) when (e is ArgumentException or SecurityTokenMalformedException)
        {
            return TokenVerdict.Refuse("it cannot be read");
        }

        // Before the key is looked for: an algorithm or an id by an attacker must not cause a read of the provider's keys.
        if (!Algorithms.Contains(token.Alg))
        {
            return TokenVerdict.Refuse($"its algorithm is none of {string.Join(", ", Algorithms)}");
        }

        if (token.Typ is { Length: > 0 } type && !Types.Contains(type, StringComparer.OrdinalIgnoreCase))
        {
            return TokenVerdict.Refuse("its type (typ) is not that of an access token");
        }

        if (token.Kid is not { Length: > 0 and <= KeyIdLengthMax })
        {
            return TokenVerdict.Refuse("it does not name the key that signed it (kid)");
        }

        if (await keys.FindAsync(token.Kid) is not { } key)
        {
            return TokenVerdict.Refuse("the provider has no key with its kid");
        }

        var result = await _handler.ValidateTokenAsync(token, Parameters(key));
        return result.IsValid ? HolderOf(token) : TokenVerdict.Refuse(Explain(result.Exception));
    }

    private TokenValidationParameters Parameters(SecurityKey key) => new()
    {
        ValidAlgorithms = Algorithms,
        IssuerSigningKeyResolver = (_, _, _, _) => [key],
        TryAllIssuerSigningKeys = false,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        ValidIssuers = [Oidc.Authority.TrimEnd('/'), Oidc.Authority.TrimEnd('/') + "/"],
        ValidAudience = Oidc.Audience,
        ClockSkew = Oidc.ClockSkew,
        LifetimeValidator = (begins, ends, _, _) => ends is { } end && time.GetUtcNow() < Utc(end) + Oidc.ClockSkew
            && (begins is not { } begin || time.GetUtcNow() >= Utc(begin) - Oidc.ClockSkew),
    };

    private TokenVerdict HolderOf(JsonWebToken token)
    {
        if (token.Subject is not { Length: > 0 and <= SubjectLengthMax } subject || subject.Any(char.IsControl))
        {
            return TokenVerdict.Refuse("it has no subject (sub), or a very long one");
        }

        var role = ValuesOf(token, Oidc.RoleClaim)
            .Select(value => AccessRoles.Find(Oidc.RoleMap.Count == 0 ? value : Oidc.RoleMap.GetValueOrDefault(value, "")))
            .Max();
        if (role is null)
        {
            return TokenVerdict.Refuse($"its claim '{Oidc.RoleClaim}' has no role of this agent");
        }

        var scope = AccessScope.All;
        if (Oidc.PortfolioClaim.Length > 0)
        {
            ImmutableArray<string> portfolios = [.. ValuesOf(token, Oidc.PortfolioClaim)];
            if (portfolios.IsEmpty)
            {
                return TokenVerdict.Refuse($"its claim '{Oidc.PortfolioClaim}' has no portfolio");
            }

            scope = portfolios.Contains(EveryPortfolio) ? scope : new AccessScope { Portfolios = portfolios };
        }

        return new TokenVerdict(
            new TokenHolder($"{Oidc.Authority.TrimEnd('/')}#{subject}", role.Value, scope, EndOf(token)), null);
    }

    /// <summary>A token that ends beyond what a <see cref="Timestamp"/> can say ends with it.</summary>
    private static Timestamp EndOf(JsonWebToken token) =>
        Utc(token.ValidTo) is var end && end < LastEnd ? Timestamp.FromDateTimeOffset(end) : Timestamp.FromDateTimeOffset(LastEnd);

    /// <summary>The texts of a claim, which may be one or a list.</summary>
    private static IEnumerable<string> ValuesOf(JsonWebToken token, string claim) =>
        token.Claims.Where(found => found.Type == claim && found.Value.Length > 0).Select(found => found.Value);

    private static DateTimeOffset Utc(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));

    private static string Explain(Exception? error) => error switch
    {
        SecurityTokenInvalidIssuerException => "it is from another issuer",
        SecurityTokenInvalidAudienceException => "it is for another audience",
        SecurityTokenInvalidLifetimeException or SecurityTokenExpiredException or SecurityTokenNotYetValidException or SecurityTokenNoExpirationException =>
            "it has expired, or is not valid yet",
        _ => "its signature is wrong",
    };
}
