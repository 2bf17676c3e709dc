using BtcAgent.Contracts.Settings;
using BtcAgent.Domain;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Retraining;
using BtcAgent.Exchanges.Simulator.Settings;
using BtcAgent.Silo.Models;
using BtcAgent.Silo.Training;

namespace BtcAgent.Silo.Tests.Training;

/// <summary>Small jobs of tests: one simulated hour.</summary>
internal static class TrainerJobs
{
    public static readonly RetrainingOptions Options = new() { MemoryMb = 1_024, KillAfterSeconds = 5 };

    public static TrainerJob Small(Func<TrainingRequest, TrainingRequest>? change = null)
    {
        var request = StarterModel.Request(
            new StrategyOptions { Name = "momentum", Instrument = "BINANCE:BTCUSDT" }, new StarterOptions { HistoryMinutes = 60 }, seed: 1);
        return new TrainerJob
        {
            Id = "train-1",
            Request = change?.Invoke(request) ?? request,
            Features = new FeatureOptions(),
            HistoryFolder = null,
            Venue = new SimulatorOptions(),
            Threads = 1,
            ReaderMb = 64,
        };
    }

    /// <summary>A job over a history of the given folder.</summary>
    public static TrainerJob OfHistory(string? folder) => Small(request => request with
    {
        Window = new TrainingWindow(TrainingDataKind.History, Timestamp.FromUnixMilliseconds(1_795_910_400_000), Timestamp.FromUnixMilliseconds(1_795_996_800_000)),
        Recipe = request.Recipe with { RowsMin = 1_000 },
    }) with
    { HistoryFolder = folder };

    /// <summary>Every file of a finished training.</summary>
    public static SortedDictionary<string, string> DoneFiles(string folder) => new(
        Directory.GetFiles(Path.Combine(folder, "done")).ToDictionary(file => Path.GetFileName(file)!, file => Convert.ToBase64String(File.ReadAllBytes(file))),
        StringComparer.Ordinal);
}
