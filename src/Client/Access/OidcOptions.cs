using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Client.Access;

/// <summary>
/// Tokens of an OpenID Connect provider as a further kind of key: section <c>Gateway:Oidc</c>. The provider's addresses and keys are read from
/// its discovery document.
/// </summary>
public sealed class OidcOptions
{
    public const string Section = $"{GatewayOptions.Section}:{nameof(GatewayOptions.Oidc)}";

    /// <summary>
    /// Issuer of the tokens, such as <c>https://login.example.org/realms/desk</c>; https, except on loopback. Default empty: tokens are
    /// not accepted.
    /// </summary>
    public string Authority { get; set; } = "";

    /// <summary>Value that a token's <c>aud</c> must contain: the name of this agent at the provider. Default empty; required with an authority.</summary>
    public string Audience { get; set; } = "";

    /// <summary>Claim with the caller's roles, a text or a list. Default <c>roles</c>.</summary>
    public string RoleClaim { get; set; } = "roles";

    /// <summary>
    /// Role of this agent for a value of <see cref="RoleClaim"/>: <c>trading-desk</c> to <c>trader</c>. Of several the highest counts.
    /// Default empty: the values are the roles' own names.
    /// </summary>
    public Dictionary<string, string> RoleMap { get; } = [];

    /// <summary>
    /// Claim with the caller's portfolios, a text or a list; <c>*</c> is every portfolio. A token without it is refused. Default empty: every
    /// caller may see every portfolio.
    /// </summary>
    public string PortfolioClaim { get; set; } = "";

    /// <summary>Accepted difference between the provider's clock and ours in seconds, 0…300. Default 30.</summary>
    [Range(0, 300)]
    public int ClockSkewSeconds { get; set; } = 30;

    /// <summary>Minutes after which the provider's keys are read again, 1…1,440; an unknown key causes it at once. Default 5.</summary>
    [Range(1, 1_440)]
    public int RefreshMinutes { get; set; } = 5;

    public bool IsOn => Authority.Length > 0;

    /// <inheritdoc cref="ClockSkewSeconds"/>
    public TimeSpan ClockSkew => TimeSpan.FromSeconds(ClockSkewSeconds);

    /// <inheritdoc cref="RefreshMinutes"/>
    public TimeSpan RefreshEvery => TimeSpan.FromMinutes(RefreshMinutes);
}
