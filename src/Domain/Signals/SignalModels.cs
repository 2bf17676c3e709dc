namespace BtcAgent.Domain.Signals;

/// <summary>Names of the models that this program has: its rules, and <see cref="Trained"/>, which the registry assigns.</summary>
public static class SignalModels
{
    public const string EmaCross = "ema-cross";
    public const string FlowMomentum = "flow-momentum";
    public const string FlowTrend = "flow-trend";

    /// <summary>The trained model that is the strategy's champion.</summary>
    public const string Trained = "lightgbm";
}
