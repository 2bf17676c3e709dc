using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using BtcAgent.Client.Oidc;
using Microsoft.IdentityModel.Tokens;

namespace BtcAgent.Client.Tests.Oidc;

/// <summary>Tokens that a gateway must refuse, by name.</summary>
internal static class ForgedTokens
{
    private static readonly ImmutableDictionary<string, Func<TokenIssuer, string>> All = new Dictionary<string, Func<TokenIssuer, string>>
    {
        ["none"] = issuer => Rewrite(issuer, head => head["alg"] = "none", _ => ""),
        ["none with the old signature"] = issuer => Rewrite(issuer, head => head["alg"] = "None", signature => signature),
        ["other audience"] = issuer => issuer.Issue(["admin"], token => token.Audience = "another program"),
        ["no audience"] = issuer => issuer.Issue(["admin"], token => token.Audience = null),
        ["other issuer"] = issuer => issuer.Issue(["admin"], token => token.Issuer = "https://other.example.org"),
        ["expired"] = issuer => issuer.Issue(["admin"], token => (token.NotBefore, token.Expires) = (token.NotBefore!.Value.AddHours(-2), token.NotBefore.Value.AddHours(-1))),
        ["not valid yet"] = issuer => issuer.Issue(["admin"], token => token.NotBefore = token.NotBefore!.Value.AddMinutes(5)),
        ["without an end"] = issuer => issuer.Issue(["admin"], token => token.Expires = null),
        ["signed by another key"] = issuer => issuer.Issue(["admin"], token => token.SigningCredentials = new SigningCredentials(
            new RsaSecurityKey(RSA.Create(2048)) { KeyId = issuer.Current.KeyId }, SecurityAlgorithms.RsaSha256)),
        ["HMAC with the public key"] = SignedWithThePublicKey,
        ["unknown kid"] = issuer => Rewrite(issuer, head => head["kid"] = "invented", signature => signature),
        ["kid is a path"] = issuer => Rewrite(issuer, head => head["kid"] = "../../../../dev/null", signature => signature),
        ["kid is SQL"] = issuer => Rewrite(issuer, head => head["kid"] = "' UNION SELECT 'secret' --", signature => signature),
        ["kid of another algorithm"] = issuer => Rewrite(issuer, head => (head["kid"], head["alg"]) = ("elliptic", "ES256"), signature => signature),
        ["without kid"] = issuer => Rewrite(issuer, head => head.Remove("kid"), signature => signature),
        ["key of its own"] = WithAKeyInTheHeader,
        ["PS256"] = issuer => issuer.Issue(["admin"], token => token.SigningCredentials = new SigningCredentials(issuer.Current, SecurityAlgorithms.RsaSsaPssSha256)),
        ["log-out token"] = issuer => issuer.Issue(["admin"], token => token.TokenType = "logout+jwt"),
        ["changed payload"] = ChangedPayload,
        ["without role"] = issuer => issuer.Issue([]),
        ["unknown role"] = issuer => issuer.Issue(["owner", "Admin"]),
        ["without subject"] = issuer => issuer.Issue(["admin"], token => token.Claims.Remove("sub")),
        ["long subject"] = issuer => issuer.Issue(["admin"], token => token.Claims["sub"] = new string('a', 201)),
        ["oversized"] = issuer => issuer.Issue(["admin"], token => token.Claims["more"] = new string('a', AccessTokens.LengthMax)),
        ["not JSON"] = _ => "bm90IGpzb24.bm90IGpzb24.bm90IGpzb24",
        ["not Base64"] = _ => "a$b$c.d$e$f.g$h$i$j$k$l",
    }.ToImmutableDictionary(StringComparer.Ordinal);

    public static IEnumerable<string> Names => All.Keys;

    public static string Make(string name, TokenIssuer issuer) => All[name](issuer);

    private static string Rewrite(TokenIssuer issuer, Action<JsonObject> change, Func<string, string> sign)
    {
        var parts = issuer.Issue(["admin"]).Split('.');
        var head = JsonNode.Parse(Base64Url.DecodeFromChars(parts[0]))!.AsObject();
        change(head);
        return $"{Encode(head.ToJsonString())}.{parts[1]}.{sign(parts[2])}";
    }

    /// <summary>The classic confusion: the public key, known to everybody, as the secret of an HMAC.</summary>
    private static string SignedWithThePublicKey(TokenIssuer issuer)
    {
        var parts = Rewrite(issuer, head => head["alg"] = "HS256", _ => "").Split('.');
        var secret = Encoding.ASCII.GetBytes(issuer.Current.Rsa.ExportSubjectPublicKeyInfoPem());
        return $"{parts[0]}.{parts[1]}.{Base64Url.EncodeToString(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}")))}";
    }

    private static string WithAKeyInTheHeader(TokenIssuer issuer)
    {
        using var rsa = RSA.Create(2048);
        var own = rsa.ExportParameters(includePrivateParameters: false);
        var parts = Rewrite(
            issuer,
            head => (head["kid"], head["jwk"]) = ("mine", new JsonObject
            {
                ["kty"] = "RSA",
                ["kid"] = "mine",
                ["n"] = Base64Url.EncodeToString(own.Modulus),
                ["e"] = Base64Url.EncodeToString(own.Exponent),
            }),
            _ => "").Split('.');
        var signature = rsa.SignData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{parts[0]}.{parts[1]}.{Base64Url.EncodeToString(signature)}";
    }

    private static string ChangedPayload(TokenIssuer issuer)
    {
        var parts = issuer.Issue(["viewer"]).Split('.');
        return $"{parts[0]}.{Encode(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1])).Replace("viewer", "admin", StringComparison.Ordinal))}.{parts[2]}";
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
