using BtcAgent.Exchanges.Simulator;

namespace BtcAgent.Silo.Venues;

/// <summary>Starts the embedded venue before all other services, and stops it last.</summary>
internal sealed class SimulatorHost(SimulatedVenue venue) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => venue.StartAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => venue.StopAsync(cancellationToken);
}
