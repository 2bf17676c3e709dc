using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;

namespace BtcAgent.Silo.Settings.Checks;

/// <summary>Who gave a setting: the last source that has its key wins, as for the value.</summary>
/// <param name="configuration">All sources.</param>
/// <param name="overrides">Keys given with <c>--set</c>.</param>
internal sealed class SettingSources(IConfigurationRoot configuration, IEnumerable<string> overrides)
{
    private readonly HashSet<string> _overrides = new(overrides, StringComparer.OrdinalIgnoreCase);

    /// <summary>In words for an operator; null when the program itself or its host did.</summary>
    public string? Describe(string key) => _overrides.Contains(key) ? "--set" : Provider(key) switch
    {
        JsonConfigurationProvider json => json.Source.Path,
        EnvironmentVariablesConfigurationProvider => $"environment variable {key.Replace(":", "__", StringComparison.Ordinal)}",
        _ => null,
    };

    /// <summary>The environment holds variables of every other program, too.</summary>
    public bool IsEnvironment(string key) => !_overrides.Contains(key) && Provider(key) is EnvironmentVariablesConfigurationProvider;

    private IConfigurationProvider? Provider(string key) => configuration.Providers.LastOrDefault(provider => provider.TryGet(key, out _));
}
