using BtcAgent.History;
using BtcAgent.History.Files;
using BtcAgent.Silo.Settings;

namespace BtcAgent.Silo.Facts;

/// <summary>Registers the log of facts of a single process, and its sinks.</summary>
internal static class LocalHistory
{
    private const string Folder = "facts";
    private const string ParquetFolder = "history";

    public static void AddHistory(this WebApplicationBuilder builder, AgentSettings settings)
    {
        var options = builder.Configuration.GetSection(HistoryOptions.Section).Get<HistoryOptions>() ?? new HistoryOptions();
        if (!options.Enabled || settings.Venue == VenueKind.Replay)
        {
            return;
        }

        builder.Services.AddLocalFactLog(Path.Combine(settings.DataFolder, Folder), $"local-{Guid.NewGuid():N}");
        builder.Services.AddSinks();
        builder.Services.AddParquetHistory(
            builder.Configuration.GetSection(ParquetOptions.Section).Get<ParquetOptions>() ?? new ParquetOptions(),
            Path.Combine(settings.DataFolder, ParquetFolder));
    }
}
