namespace BtcAgent.Domain.Retraining;

/// <summary>Origin of the samples of a training; the values are stored.</summary>
public enum TrainingDataKind : byte
{
    /// <summary>The feature samples that the agent itself has stored.</summary>
    History = 1,

    /// <summary>A simulated history of the embedded venue.</summary>
    SimulatedVenue = 2,
}
