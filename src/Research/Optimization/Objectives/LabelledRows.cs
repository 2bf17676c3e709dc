using BtcAgent.Research.Datasets;
using BtcAgent.Research.Validation;

namespace BtcAgent.Research.Optimization.Objectives;

/// <summary>Labels of one horizon and barrier.</summary>
/// <param name="Labels">One per row.</param>
/// <param name="Weights">One per row.</param>
/// <param name="Folds">The folds under these labels.</param>
internal sealed record LabelledRows(LabelSet Labels, double[] Weights, IReadOnlyList<Fold> Folds);
