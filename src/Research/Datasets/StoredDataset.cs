namespace BtcAgent.Research.Datasets;

/// <summary>Rows with what happened after them and how much each weighs.</summary>
/// <param name="Rows">Features and prices.</param>
/// <param name="Labels">As many as rows.</param>
/// <param name="Weights">As many as rows, at least 0.</param>
public sealed record StoredDataset(FeatureDataset Rows, LabelSet Labels, double[] Weights);
