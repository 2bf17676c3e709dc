namespace BtcAgent.Silo.Settings.Checks;

/// <summary>Settings that cannot be used; the message is one line and names each key, its source and the remedy.</summary>
public sealed class SettingsException(IEnumerable<string> problems) : Exception($"settings: {string.Join("; ", problems)}");
