using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;

namespace BtcAgent.Silo.Settings.Checks;

/// <summary>Finds the source of a setting: the last one with its key, which also determines the value.</summary>
/// <param name="configuration">All sources.</param>
/// <param name="overrides">Keys given with <c>--set</c>.</param>
internal sealed class SettingSources(IConfigurationRoot configuration, IEnumerable<string> overrides)
{
    private readonly HashSet<string> _overrides = new(overrides, StringComparer.OrdinalIgnoreCase);

    /// <summary>Describes the source for an operator; null for the program's or the host's defaults.</summary>
    public string? Describe(string key) => _overrides.Contains(key) ? "--set" : Provider(key) switch
    {
        JsonConfigurationProvider json => json.Source.Path,
        EnvironmentVariablesConfigurationProvider => $"environment variable {key.Replace(":", "__", StringComparison.Ordinal)}",
        _ => null,
    };

    /// <summary>True for environment variables, which may belong to other programs.</summary>
    public bool IsEnvironment(string key) => !_overrides.Contains(key) && Provider(key) is EnvironmentVariablesConfigurationProvider;

    private IConfigurationProvider? Provider(string key) => configuration.Providers.LastOrDefault(provider => provider.TryGet(key, out _));
}
