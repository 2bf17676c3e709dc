using BtcAgent.Exchanges.Simulator.Social;

namespace BtcAgent.Silo.Social;

/// <summary>Starts the simulated X before its reader, and stops it after.</summary>
internal sealed class SimulatedXHost(SimulatedX x, MarketMoves moves) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => x.StartAsync(() => moves.Return, cancellationToken);

    public async Task StopAsync(CancellationToken cancellationToken) => await x.DisposeAsync();
}
