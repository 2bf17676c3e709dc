namespace BtcAgent.Research.Leakage;

/// <summary>A feature that knows the future better than features can.</summary>
/// <param name="Feature">Its name.</param>
/// <param name="Target">What it predicts: <c>label</c>, or <c>next row</c> for the direction to the next row's price.</param>
/// <param name="Auc">Of predicting it, 0…1; 0 and 1 are perfect.</param>
/// <param name="PastAuc">Of telling the same target shifted into the past, which an honest feature may have seen.</param>
/// <param name="Rows">Rows the first figure is made of.</param>
public sealed record LeakSuspicion(string Feature, string Target, double Auc, double PastAuc, int Rows);
