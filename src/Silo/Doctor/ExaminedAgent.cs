using BtcAgent.Silo.Settings;

namespace BtcAgent.Silo.Doctor;

/// <summary>The agent that is examined: its command line, its settings and the machine.</summary>
/// <param name="Settings">Its command line.</param>
/// <param name="Folder">Folder of its <c>appsettings.json</c>.</param>
/// <param name="Configuration">Its settings from every source.</param>
/// <param name="Time">The machine's clock.</param>
internal sealed record ExaminedAgent(AgentSettings Settings, string Folder, IConfigurationRoot Configuration, TimeProvider Time)
{
    public string DataFolder => Path.GetFullPath(Settings.DataFolder);

    /// <summary>True where the state is in the data folder.</summary>
    public bool IsAlone => Settings.Role == NodeRole.All;

    /// <summary>The options of a section.</summary>
    /// <exception cref="InvalidOperationException">A value has a wrong type.</exception>
    public T Section<T>(string name)
        where T : new() => Configuration.GetSection(name).Get<T>() ?? new();
}
