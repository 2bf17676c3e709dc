namespace BtcAgent.Models.LightGbm.Native;

/// <summary>Progress of a training.</summary>
/// <param name="Round">Completed rounds.</param>
/// <param name="Rounds">Maximum number of rounds.</param>
/// <param name="Metric">The metric after this round.</param>
public readonly record struct TrainingRound(int Round, int Rounds, double Metric);
