namespace BtcAgent.Research.Training;

/// <summary>Total gain of the splits on one feature.</summary>
public readonly record struct FeatureGain(string Name, double Gain);
