using BtcAgent.Grains.Feeds;

namespace BtcAgent.Silo.Runs;

/// <summary>
/// Stops a live agent whose feed has failed, with the reason: without data it would look like an agent in a calm market.
/// </summary>
internal sealed class FeedWatch(FeedCompletion completion, RunResult result, IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await lifetime.WaitUntilStartedAsync(stoppingToken);
            await completion.Completed.WaitAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
        catch (Exception e)
        {
            result.Fail(e.Message);
        }

        lifetime.StopApplication();
    }
}
