using BtcAgent.Client.Access;
using BtcAgent.Silo.Settings;

namespace BtcAgent.Silo.Roles;

/// <summary>The port of gRPC in clear text, in the roles with a gateway.</summary>
internal static class GrpcPort
{
    private const string Setting = $"{GatewayOptions.Section}:{nameof(GatewayOptions.GrpcPort)}";

    /// <summary>True when the setting has a value, whatever it is: the settings' check refuses a wrong one.</summary>
    public static bool IsSet(IConfiguration configuration, AgentSettings settings) =>
        settings.Role is NodeRole.All or NodeRole.Gateway && !string.IsNullOrEmpty(configuration[Setting]);

    /// <exception cref="StartupException">The port is taken; the message says how to choose another.</exception>
    public static void EnsureFree(IConfiguration configuration, AgentSettings settings)
    {
        if (IsSet(configuration, settings) && configuration.GetValue<int>(Setting) is > 0 and <= ushort.MaxValue and var port)
        {
            LoopbackPorts.EnsureFree(port, $"set {Setting} to another one, or to 0 for any free one");
        }
    }
}
