using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace BtcAgent.Client.Tests.Oidc;

/// <summary>A token provider on loopback: serves its discovery document and keys over HTTP, and signs tokens.</summary>
internal sealed class TokenIssuer : IAsyncDisposable
{
    public const string Audience = "btcagent";

    private readonly TimeProvider _time;
    private readonly WebApplication _app;
    private readonly List<SecurityKey> _published = [];
    private int _keys;

    private TokenIssuer(TimeProvider time, WebApplication app) => (_time, _app) = (time, app);

    /// <summary>Issuer, and address of its documents.</summary>
    public string Authority { get; private set; } = "";

    /// <summary>Issuer that the discovery document names; null for <see cref="Authority"/>.</summary>
    public string? NamedIssuer { get; set; }

    /// <summary>Address of the keys that the discovery document names; null for the own one.</summary>
    public string? NamedKeys { get; set; }

    /// <summary>While true, it answers with an error.</summary>
    public bool IsDown { get; set; }

    /// <summary>Reads of the keys.</summary>
    public int Reads { get; private set; }

    public RsaSecurityKey Current { get; private set; } = null!;

    public ECDsaSecurityKey Elliptic { get; } = new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = "elliptic" };

    public static async Task<TokenIssuer> StartAsync(TimeProvider time)
    {
        var builder = WebApplication.CreateBuilder(["--hostBuilder:reloadConfigOnChange=false"]);
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var issuer = new TokenIssuer(time, app);
        app.MapGet("/.well-known/openid-configuration", () => issuer.IsDown ? Results.StatusCode(500) : Results.Json(new
        {
            issuer = issuer.NamedIssuer ?? issuer.Authority,
            jwks_uri = issuer.NamedKeys ?? $"{issuer.Authority}/keys",
        }));
        app.MapGet("/keys", () =>
        {
            issuer.Reads++;
            return Results.Text(JsonSerializer.Serialize(new { keys = issuer._published.Select(PublicOf) }), "application/json");
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        issuer.Authority = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        issuer._published.Add(issuer.Elliptic);
        issuer.Rotate();
        return issuer;
    }

    /// <summary>Settings of a gateway that accepts its tokens.</summary>
    public (string Key, string Value)[] Settings(params (string Key, string Value)[] more) =>
    [
        ("Gateway:Oidc:Authority", Authority), ("Gateway:Oidc:Audience", Audience), .. more,
    ];

    /// <summary>Signs with a new key from now on, and withdraws the former one.</summary>
    /// <returns>The former key.</returns>
    public RsaSecurityKey Rotate()
    {
        var former = Current;
        _published.Remove(former);
        Current = new RsaSecurityKey(RSA.Create(2048)) { KeyId = $"key-{++_keys}" };
        _published.Add(Current);
        return former;
    }

    /// <returns>A token for a subject with these roles, valid for ten minutes.</returns>
    /// <param name="roles">Values of the claim <c>roles</c>.</param>
    /// <param name="change">Changes the token before it is signed.</param>
    public string Issue(IReadOnlyList<string> roles, Action<SecurityTokenDescriptor>? change = null)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        var token = new SecurityTokenDescriptor
        {
            Issuer = Authority,
            Audience = Audience,
            NotBefore = now,
            IssuedAt = now,
            Expires = now.AddMinutes(10),
            Claims = new Dictionary<string, object> { ["sub"] = "ada", ["roles"] = roles.ToArray() },
            SigningCredentials = new SigningCredentials(Current, SecurityAlgorithms.RsaSha256),
        };
        change?.Invoke(token);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(token);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        Elliptic.ECDsa.Dispose();
    }

    private static object PublicOf(SecurityKey key)
    {
        var full = JsonWebKeyConverter.ConvertFromSecurityKey(key);
        return new { kty = full.Kty, use = "sig", kid = full.Kid, n = full.N, e = full.E, crv = full.Crv, x = full.X, y = full.Y };
    }
}
