using System.Security.Cryptography;
using System.Text;
using BtcAgent.Exchanges.Binance.Tapes;
using BtcAgent.History;
using BtcAgent.History.Log.Local;
using BtcAgent.Silo.Settings;

namespace BtcAgent.Silo.Facts;

/// <summary>Names the log of a replay by what it replays, so that the same replay again changes nothing in the history.</summary>
internal static class ReplayIdentity
{
    private const int Length = 16;
    private const string CalendarKey = $"{TapeOptions.Section}:{nameof(TapeOptions.CalendarFile)}";
    private const string SentimentKey = $"{TapeOptions.Section}:{nameof(TapeOptions.SentimentFile)}";

    /// <exception cref="StartupException">A tape cannot be read.</exception>
    public static FactLogIdentity Of(AgentSettings settings)
    {
        try
        {
            using var tapes = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var tape in settings.Tapes)
            {
                tapes.AppendData(SHA256.HashData(File.ReadAllBytes(tape)));
            }

            // Decisions also depend on the settings and on the version.
            using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            all.AppendData(tapes.GetCurrentHash());
            all.AppendData(Encoding.UTF8.GetBytes($"{typeof(ReplayIdentity).Assembly.ManifestModule.ModuleVersionId} {settings.Seed}"));
            foreach (var (key, value) in settings.Overrides.Where(setting => !setting.Key.StartsWith(HistoryOptions.Section, StringComparison.OrdinalIgnoreCase)))
            {
                all.AppendData(Encoding.UTF8.GetBytes($"\n{key}={value}"));
                if (value is { Length: > 0 } && (key.Equals(SentimentKey, StringComparison.OrdinalIgnoreCase) || key.Equals(CalendarKey, StringComparison.OrdinalIgnoreCase)))
                {
                    all.AppendData(SHA256.HashData(File.ReadAllBytes(value)));
                }
            }

            all.AppendData(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "appsettings.json")));
            return new FactLogIdentity($"tape-{Text(tapes)}", $"replay-{Text(all)}", IsReplay: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"cannot read a tape, its tallies of posts or its notices of releases: {e.Message}", e);
        }
    }

    private static string Text(IncrementalHash hash) => Convert.ToHexStringLower(hash.GetHashAndReset())[..Length];
}
