namespace BtcAgent.Exchanges.Simulator.Matching;

/// <summary>Quantities that a prevented self-trade takes from each side.</summary>
internal readonly record struct Prevention(Quantity Taker, Quantity Maker);
