namespace BtcAgent.Research.Leakage;

/// <summary>A feature that predicts the future suspiciously well.</summary>
/// <param name="Feature">Name of the feature.</param>
/// <param name="Target">Predicted value: <c>label</c>, or <c>next row</c> for the direction to the next row's
/// price.</param>
/// <param name="Auc">AUC of the prediction, 0…1; 0 and 1 are perfect.</param>
/// <param name="PastAuc">AUC for the same target shifted into the past, which an honest feature may have seen.</param>
/// <param name="Rows">Number of rows behind the first figure.</param>
public sealed record LeakSuspicion(string Feature, string Target, double Auc, double PastAuc, int Rows);
