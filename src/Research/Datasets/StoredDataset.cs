namespace BtcAgent.Research.Datasets;

/// <summary>Rows with their outcomes and weights.</summary>
/// <param name="Rows">Features and prices.</param>
/// <param name="Labels">One per row.</param>
/// <param name="Weights">One per row, at least 0.</param>
public sealed record StoredDataset(FeatureDataset Rows, LabelSet Labels, double[] Weights);
