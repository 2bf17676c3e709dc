using BtcAgent.Domain.Bars;

namespace BtcAgent.Research.Backtests;

/// <summary>Decides at the close of each bar.</summary>
public interface IBarRule
{
    BarWish OnBar(in Bar bar);
}
