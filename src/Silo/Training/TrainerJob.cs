using BtcAgent.Domain.Features;
using BtcAgent.Domain.Retraining;
using BtcAgent.Exchanges.Simulator.Settings;

namespace BtcAgent.Silo.Training;

/// <summary>Everything that a trainer needs: it reads no configuration. Written once for all attempts of a job.</summary>
internal sealed record TrainerJob
{
    public required string Id { get; init; }

    public required TrainingRequest Request { get; init; }

    /// <summary>The agent's feature options, which decide the schema.</summary>
    public required FeatureOptions Features { get; init; }

    /// <summary>Folder of the history in Parquet, or of the copy of one in a bucket; null when the agent keeps none.</summary>
    public required string? HistoryFolder { get; init; }

    /// <summary>Options of the embedded venue; null with another one.</summary>
    public required SimulatorOptions? Venue { get; init; }

    public required int Threads { get; init; }

    /// <summary>Memory for reading the history, MiB.</summary>
    public required int ReaderMb { get; init; }
}
