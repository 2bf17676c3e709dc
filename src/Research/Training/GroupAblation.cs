using System.Collections.Immutable;

namespace BtcAgent.Research.Training;

/// <summary>A model with and without a group of features.</summary>
/// <param name="Group">Name of the group.</param>
/// <param name="Features">Its features in the data.</param>
/// <param name="Gain">Brier score without the group less that with it, mean over blocks of test rows, −1…1; positive: the group helps. NaN without data.</param>
/// <param name="Low">Lower end of the interval of the gain.</param>
/// <param name="High">Upper end of the interval of the gain.</param>
/// <param name="FoldGains">The gain of each fold.</param>
/// <param name="Finding">Conclusion from the interval.</param>
public sealed record GroupAblation(
    string Group, int Features, double Gain, double Low, double High, ImmutableArray<double> FoldGains, AblationFinding Finding);
