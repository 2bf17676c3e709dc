using BtcAgent.Domain.Bars;

namespace BtcAgent.Research.Backtests;

/// <summary>Decides at the close of each bar.</summary>
public interface IBarRule
{
    BarTarget OnBar(in Bar bar);
}
