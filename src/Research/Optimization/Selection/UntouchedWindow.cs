using BtcAgent.Research.Tracks;

namespace BtcAgent.Research.Optimization.Selection;

/// <summary>The winner's result in the window that the search never saw.</summary>
/// <param name="From">First time.</param>
/// <param name="To">Last time.</param>
/// <param name="Returns">Net returns per period.</param>
/// <param name="Period">Period of the returns, which the window's length decides: often longer than that of the search.</param>
/// <param name="NetReturn">Return of equity after costs over the whole window, as a fraction.</param>
/// <param name="RoundTrips">Positions opened and closed.</param>
/// <param name="BuyAndHold">Return of buying at its first price and holding, as a fraction.</param>
/// <param name="Looks">How often a window with time in common has judged a winner, this time included; 1 or more.</param>
public sealed record UntouchedWindow(
    Timestamp From, Timestamp To, double[] Returns, ReturnPeriod Period, double NetReturn, int RoundTrips, double BuyAndHold, int Looks);
