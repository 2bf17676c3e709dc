using BtcAgent.Exchanges.Simulator.Economy;

namespace BtcAgent.Silo.Economy;

/// <summary>Starts the simulated FRED before its reader, and stops it after.</summary>
internal sealed class SimulatedFredHost(SimulatedFred fred) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => fred.StartAsync(cancellationToken);

    public async Task StopAsync(CancellationToken cancellationToken) => await fred.DisposeAsync();
}
