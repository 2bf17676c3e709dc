using BtcAgent.Domain.Signals;

namespace BtcAgent.Domain.Strategies;

/// <summary>The position that a strategy wants, and the reason; made by the methods of <see cref="Strategy"/>.</summary>
public readonly record struct StrategySignal
{
    /// <summary>Wanted position; null to keep the last one, or when not ready.</summary>
    internal SignalDirection? Direction { get; init; }

    internal bool IsReady { get; init; }

    internal double Score { get; init; }

    internal double Confidence { get; init; }

    internal double ExpectedMoveBps { get; init; }

    internal string Reason { get; init; }
}
