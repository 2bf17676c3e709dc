using BtcAgent.Domain.Retraining;
using BtcAgent.Research.Training;

namespace BtcAgent.Silo.Training;

/// <summary>Result of a job's search.</summary>
/// <param name="Model">The training of the winner; null when it does not pass.</param>
/// <param name="Headline">The decision in words.</param>
/// <param name="Findings">Figures and reasons of the decision.</param>
/// <param name="Report">The page of the search.</param>
internal sealed record SearchedModel(TrainingRun? Model, string Headline, SearchFindings Findings, string Report);
