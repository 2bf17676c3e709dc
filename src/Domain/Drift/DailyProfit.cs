namespace BtcAgent.Domain.Drift;

/// <summary>Net profit of a UTC day, as a fraction of the notional of a full position.</summary>
/// <param name="Mean">Mean.</param>
/// <param name="Deviation">Standard deviation, above 0.</param>
public readonly record struct DailyProfit(double Mean, double Deviation);
