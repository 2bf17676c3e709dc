namespace BtcAgent.Alerts.Rules;

/// <summary>A strategy's newest signals.</summary>
/// <param name="Strategy">Name of the strategy.</param>
/// <param name="Instrument">Instrument that it trades.</param>
/// <param name="ModelId">The model or rule that trades; null when it could not be read.</param>
/// <param name="Samples">Number of the newest signals.</param>
/// <param name="OutOfRange">Number of those refused because features were outside the ranges of training.</param>
public sealed record StrategyFigures(string Strategy, string Instrument, string? ModelId, int Samples, int OutOfRange);
