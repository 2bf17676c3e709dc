using BtcAgent.Contracts.Social;
using BtcAgent.Grains.Feeds;
using BtcAgent.Silo.Scorers;
using BtcAgent.Social.Transformers.Scoring;
using Microsoft.Extensions.Options;

namespace BtcAgent.Silo.Social;

/// <summary>
/// Reads posts while this process holds the lease, scores them beside trading, and publishes a tally each second that has posts. Without posts a tally says
/// every ten seconds that the source is alive, but only while it is. Nothing in trading waits for anything here.
/// </summary>
internal sealed partial class SocialService(
    IGrainFactory grains, LeaseHolder holder, SourceOpener opener, IOptions<SocialOptions> options, IOptions<TransformerOptions> transformer, SocialFigures figures, TimeProvider time, ILoggerFactory loggers)
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AliveEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan WaitMin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan WaitMax = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(2);

    private readonly ILogger<SocialService> _logger = loggers.CreateLogger<SocialService>();

    /// <summary>
    /// Reads again after a failure, for ever: a leased work that ends with one would end the process in the end, and its trading. The waits rise, since each
    /// connection to X costs reads.
    /// </summary>
    /// <param name="epoch">Epoch of the lease.</param>
    /// <param name="cancellationToken">The lease is lost, or the agent stops.</param>
    public async Task RunAsync(long epoch, CancellationToken cancellationToken)
    {
        var wait = WaitMin;
        while (true)
        {
            var began = time.GetTimestamp();
            try
            {
                await ReadAsync(epoch, cancellationToken);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                wait = time.GetElapsedTime(began) >= WaitMax ? WaitMin : wait;
                LogFailed(_logger, wait.TotalSeconds, e.GetBaseException().Message);
                await Task.Delay(wait, time, cancellationToken);
                wait = wait * 2 < WaitMax ? wait * 2 : WaitMax;
            }
        }
    }

    private async Task ReadAsync(long epoch, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var model = transformer.Value.Folder.Length > 0 ? new ModelTones(transformer.Value, time, loggers) : null;
        using var scoring = new PostScoring(model?.Desk, time, loggers.CreateLogger<PostScoring>());
        var board = grains.GetGrain<ISocialBoardGrain>(ISentimentGrain.Bitcoin);
        using var reading = await opener.OpenAsync(epoch, scoring, board, ended.Token);
        var publisher = new TallyPublisher(grains, epoch, scoring, reading, new OfferedPosts(grains.GetGrain<IPostInboxGrain>(IPostInboxGrain.Key), scoring, figures), figures, time);
        List<Task> parts = [PublishAsync(publisher, board, reading, epoch, ended.Token)];
        if (reading is not null)
        {
            parts.Add(reading.RunAsync(ended.Token));
            parts.Add(reading.CheckDeletionsAsync(options.Value.DeletionCheck, ended.Token));
        }

        try
        {
            await await Task.WhenAny(parts);
        }
        finally
        {
            await ended.CancelAsync();
            await Task.WhenAll(parts).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            figures.Show(null);
        }
    }

    private async Task PublishAsync(TallyPublisher publisher, ISocialBoardGrain board, XReading? reading, long epoch, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Step, time);
        var (reportedAt, hasFailed, unseen) = ((long?)null, false, new List<JudgedPost>());
        do
        {
            try
            {
                await opener.LookAtMarketAsync();
                unseen.AddRange(await publisher.StepAsync(AliveEvery, cancellationToken));
                unseen.RemoveRange(0, Math.Max(0, unseen.Count - ISocialBoardGrain.PostsMax));
                if (unseen.Count > 0 || reportedAt is not { } at || time.GetElapsedTime(at) >= ReportEvery)
                {
                    var status = new SocialStatus(
                        Timestamp.FromDateTimeOffset(time.GetUtcNow()), holder.Name, [.. reading is null ? [] : new[] { reading.Status }, .. publisher.Offered.Sources],
                        reading is null ? null : await reading.ReadBudgetAsync(cancellationToken));
                    Demand(await board.Report(new SocialReport(epoch, [.. unseen], status)));
                    unseen.Clear();
                    reportedAt = time.GetTimestamp();
                    figures.Show(status);
                    await (reading?.Desk.RemoveOwedAsync() ?? Task.CompletedTask);
                }

                hasFailed = false;
            }
            catch (Exception e) when (e is TimeoutException or OrleansException or IOException)
            {
                // The posts wait: nothing is lost, and the source is not opened again for it, which would cost reads.
                if (!hasFailed)
                {
                    LogWaits(_logger, e.Message);
                }

                hasFailed = true;
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    /// <exception cref="InvalidOperationException">Another process reads: the lease has passed to it.</exception>
    internal static void Demand(bool isReader)
    {
        if (!isReader)
        {
            throw new InvalidOperationException("another process reads posts now");
        }
    }

    [LoggerMessage(EventId = 763, Level = LogLevel.Error, Message = "Posts are not read, and are again in {WaitSeconds} s: {Problem}")]
    private static partial void LogFailed(ILogger logger, double waitSeconds, string problem);

    [LoggerMessage(EventId = 762, Level = LogLevel.Warning, Message = "Scores of posts wait, since the agent's grains do not answer: {Problem}")]
    private static partial void LogWaits(ILogger logger, string problem);
}
