namespace BtcAgent.Alerts.Settings;

/// <summary>A secret in a file, read at each use, so that it can be replaced without a restart.</summary>
/// <param name="setting">Setting with the path, for messages.</param>
/// <param name="path">Path of the file.</param>
internal sealed class SecretFile(string setting, string path)
{
    private const int LengthMax = 8_192;

    /// <summary>Returns the contents without white space around them.</summary>
    /// <exception cref="AlertSettingsException">The file cannot be read, is empty or too long, or has several lines.</exception>
    public string Read()
    {
        try
        {
            var text = File.ReadAllText(path).Trim();
            return text.Length == 0 || text.Length > LengthMax || text.AsSpan().ContainsAny('\r', '\n')
                ? throw new AlertSettingsException($"{setting}: '{path}' has {text.Length} characters: it needs one line with the secret")
                : text;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new AlertSettingsException($"{setting}: '{path}' cannot be read ({e.Message}): correct the path or its permissions", e);
        }
    }
}
