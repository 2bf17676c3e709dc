namespace BtcAgent.Alerts.Settings;

/// <summary>A secret of a channel cannot be read. The message has the setting and the path, never the contents.</summary>
public sealed class AlertSettingsException(string message, Exception? inner = null) : Exception(message, inner);
