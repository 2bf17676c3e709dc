using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using BtcAgent.Silo.Settings;
using BtcAgent.Silo.Settings.Checks;
using BtcAgent.Storage.Backups;
using BtcAgent.Storage.Files;

namespace BtcAgent.Silo.Backups;

/// <summary>
/// Writes the configuration in force to a file in the data folder at each start, without secrets, so that a
/// backup shows what the agent ran with.
/// </summary>
internal sealed partial class ConfigurationRecord(
    IConfiguration configuration, AgentSettings settings, ILogger<ConfigurationRecord> logger) : IHostedService
{
    public const string Redacted = "(secret)";

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// Parts of names whose values are or contain secrets, as connection strings do; the name of a file that holds one is not.
    /// </summary>
    private static readonly string[] SecretParts =
        ["secret", "password", "passphrase", "token", "apikey", "accesskey", "privatekey", "postgres", "connection", "jaas", "oauth", ".pem"];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var values = Values(configuration).ToDictionary(StringComparer.Ordinal);
        values["(command line):Venue"] = settings.Venue.ToString();
        try
        {
            AtomicFile.WriteAllBytes(Path.Combine(settings.DataFolder, BackupArchive.ConfigurationFile), JsonSerializer.SerializeToUtf8Bytes(values, Json));
        }
        catch (IOException error)
        {
            LogNotWritten(logger, BackupArchive.ConfigurationFile, error.Message);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Returns every value of this program's sections in order of its key, secrets replaced.</summary>
    internal static IEnumerable<KeyValuePair<string, string?>> Values(IConfiguration configuration) =>
        configuration.AsEnumerable()
            .Where(pair => pair.Value is not null && KnownSections.Ours.ContainsKey(pair.Key.Split(':')[0]))
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => IsSecret(pair.Key) || HoldsSecret().IsMatch(pair.Value!) ? new(pair.Key, Redacted) : pair);

    /// <summary>A password within any other value: <c>password=…</c>, or a user's in an address.</summary>
    [GeneratedRegex(@"(passw(or)?d|pwd)\s*=|://[^/\s:@]+:[^/\s@]+@", RegexOptions.IgnoreCase)]
    private static partial Regex HoldsSecret();

    private static bool IsSecret(string key)
    {
        var name = key.Split(':')[^1];
        return !name.EndsWith("File", StringComparison.OrdinalIgnoreCase)
            && SecretParts.Any(part => name.Contains(part, StringComparison.OrdinalIgnoreCase));
    }

    [LoggerMessage(EventId = 1033, Level = LogLevel.Warning, Message = "{File} was not written, so backups contain an older one or none: {Problem}")]
    private static partial void LogNotWritten(ILogger logger, string file, string problem);
}
