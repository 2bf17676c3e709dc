namespace BtcAgent.Models.LightGbm.Native;

/// <summary>Progress of a training.</summary>
/// <param name="Round">Rounds done.</param>
/// <param name="Rounds">Most rounds.</param>
/// <param name="Metric">After this round.</param>
public readonly record struct TrainingRound(int Round, int Rounds, double Metric);
