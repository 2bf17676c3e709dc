using BtcAgent.Grains.Feeds;

namespace BtcAgent.Silo.Runs;

/// <summary>Stops a live agent whose feed cannot go on, with the reason: a silent agent would look like a calm one.</summary>
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
