using BtcAgent.Domain.MarketData;

namespace BtcAgent.Exchanges.Simulator.History;

/// <param name="marketEvent">Next event of a <see cref="SimulatedHistory"/>.</param>
/// <param name="levels">Its levels, valid only during the call.</param>
public delegate void MarketEventHandler(in MarketEvent marketEvent, ReadOnlySpan<PriceLevel> levels);
