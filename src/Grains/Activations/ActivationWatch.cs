using BtcAgent.Contracts.Risk;
using BtcAgent.Domain.Risk;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Grains.Activations;

/// <summary>
/// Halts the portfolios that need a stopped grain which cannot halt them itself, and has the grain retried when an operator
/// resumes.
/// </summary>
internal sealed partial class ActivationWatch(
    ActivationFailures failures, IGrainFactory grains, TimeProvider time, ILogger<ActivationWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private readonly HashSet<(string Grain, string Portfolio)> _halted = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                foreach (var failure in failures.Halting)
                {
                    await ActOnAsync(failure);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            LogStopped(logger);
        }
    }

    private async Task ActOnAsync(HaltingFailure failure)
    {
        foreach (var portfolio in failure.Portfolios)
        {
            try
            {
                if (!_halted.Contains((failure.Grain, portfolio)))
                {
                    LogStands(logger, failure.Grain, failure.Words, portfolio);
                    await grains.GetGrain<IRiskGrain>(portfolio).Halt($"ACTIVATION: {failure.Grain} {failure.Words}");
                    _halted.Add((failure.Grain, portfolio));
                }
                else if ((await grains.GetGrain<IRiskGrain>(portfolio).GetStatus()).Breaker.Mode != BreakerMode.Halted)
                {
                    LogTriedAgain(logger, failure.Grain, portfolio);
                    failures.Clear(failure.Grain);
                    _halted.RemoveWhere(halted => halted.Grain == failure.Grain);
                    return;
                }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogHaltFailed(logger, failure.Grain, portfolio, e.Message); // Without its risk grain nothing is sent; retried in a second.
            }
        }
    }
}
