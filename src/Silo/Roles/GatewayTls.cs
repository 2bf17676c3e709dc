using BtcAgent.Client.Access;
using BtcAgent.Client.Certificates;
using BtcAgent.Silo.Settings;
using Microsoft.Extensions.Options;

namespace BtcAgent.Silo.Roles;

/// <summary>TLS of the gateway, in the roles that have one.</summary>
internal static class GatewayTls
{
    private const string Setting = $"{GatewayTlsOptions.Section}:{nameof(GatewayTlsOptions.Mode)}";

    /// <summary>True when the setting asks for it; the settings' check refuses a wrong one.</summary>
    public static bool IsOn(IConfiguration configuration, AgentSettings settings) =>
        settings.Role is NodeRole.All or NodeRole.Gateway
        && Enum.TryParse<GatewayTlsMode>(configuration[Setting], ignoreCase: true, out var mode) && mode != GatewayTlsMode.Off;

    public static void Add(WebApplicationBuilder builder, AgentSettings settings)
    {
        builder.Services.AddSingleton<IValidateOptions<GatewayTlsOptions>, GatewayTlsOptionsValidator>();
        builder.Services.AddOptions<GatewayTlsOptions>().BindConfiguration(GatewayTlsOptions.Section).ValidateOnStart();
        if (IsOn(builder.Configuration, settings))
        {
            builder.Services.AddSingleton(provider => new GatewayCertificate(
                provider.GetRequiredService<IOptions<GatewayTlsOptions>>(),
                Path.GetFullPath(settings.DataFolder),
                Names(settings.Listen, provider.GetRequiredService<IOptions<GatewayOptions>>().Value.AllowedHosts),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<GatewayCertificate>>()));
        }
    }

    /// <summary>Names by which the gateway is called: those that it accepts, and the address that it listens on.</summary>
    internal static IReadOnlyCollection<string> Names(string listen, IEnumerable<string> allowedHosts) =>
    [
        .. new[] { "localhost", "127.0.0.1", "::1" }.Concat(listen is "0.0.0.0" or "::" ? [] : new[] { listen })
            .Concat(allowedHosts.Where(host => !host.Contains('*', StringComparison.Ordinal)).Select(host => host.Trim('[', ']')))
            .Distinct(StringComparer.OrdinalIgnoreCase),
    ];
}
