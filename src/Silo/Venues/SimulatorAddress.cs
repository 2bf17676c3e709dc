using BtcAgent.Exchanges.Binance;
using BtcAgent.Exchanges.Simulator;
using Microsoft.Extensions.Options;

namespace BtcAgent.Silo.Venues;

/// <summary>Points the connector at the embedded venue, whose port is known once it has started.</summary>
internal sealed class SimulatorAddress(SimulatedVenue venue) : IConfigureOptions<BinanceOptions>
{
    public void Configure(BinanceOptions options)
    {
        options.RestBaseAddress = venue.RestAddress;
        options.StreamBaseAddress = venue.StreamAddress;
    }
}
