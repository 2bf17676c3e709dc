using BtcAgent.Domain.Bars;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.Signals;

namespace BtcAgent.Research.Backtests;

/// <summary>One instrument of a backtest over bars that passes all checks of the agent.</summary>
/// <param name="Rules">The venue's rules of the instrument.</param>
/// <param name="Source">Description of the bars.</param>
/// <param name="Bars">Bars in time order.</param>
/// <param name="Interval">Interval of each bar.</param>
/// <param name="CreateModel">Creates the strategy for the given schema; each instrument has its own.</param>
public sealed record CheckedBarInput(
    TradingRules Rules, string Source, ReadOnlyMemory<Bar> Bars, TimeSpan Interval, Func<FeatureSchema, ISignalModel> CreateModel);
