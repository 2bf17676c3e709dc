namespace BtcAgent.Contracts.Measurement;

/// <summary>The measured stages of the path from a frame to an order.</summary>
public enum LatencyStage
{
    /// <summary>Frame read → applied to book and features.</summary>
    IngestToFeatures,

    /// <summary>Sample taken → signal validated.</summary>
    FeaturesToSignal,

    /// <summary>Signal → risk decision.</summary>
    SignalToRisk,

    /// <summary>Approved → intent stored and order sent.</summary>
    RiskToOrder,

    /// <summary>Frame that completed the sample → order sent.</summary>
    TickToOrder,
}
