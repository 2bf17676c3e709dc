using BtcAgent.Domain.MarketData;

namespace BtcAgent.Exchanges.Simulator.History;

/// <param name="marketEvent">Of a <see cref="SimulatedHistory"/>.</param>
/// <param name="levels">Its levels, valid during the call.</param>
public delegate void MarketEventHandler(in MarketEvent marketEvent, ReadOnlySpan<PriceLevel> levels);
