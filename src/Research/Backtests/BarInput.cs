using BtcAgent.Domain.Bars;

namespace BtcAgent.Research.Backtests;

/// <summary>One instrument of a backtest over bars.</summary>
/// <param name="Strategy">Name of the strategy in the result.</param>
/// <param name="Instrument">Instrument of the bars.</param>
/// <param name="Source">Description of the bars.</param>
/// <param name="Bars">Bars in time order.</param>
/// <param name="Rule">Decides at each bar; each instrument has its own.</param>
public sealed record BarInput(string Strategy, InstrumentId Instrument, string Source, ReadOnlyMemory<Bar> Bars, IBarRule Rule);
