using BtcAgent.Contracts.Economy;
using BtcAgent.Contracts.Social;
using BtcAgent.Domain.Economy;
using BtcAgent.Economy;
using BtcAgent.Economy.Budgets;
using BtcAgent.Economy.Fred;
using BtcAgent.Economy.Releases;
using BtcAgent.Economy.Settings;
using BtcAgent.Exchanges.Simulator.Economy;
using BtcAgent.Grains.Feeds;
using Microsoft.Extensions.Options;

namespace BtcAgent.Silo.Economy;

/// <summary>Reads economic releases while this process holds the lease, and sends notices of what is known. Nothing in trading waits for anything here.</summary>
internal sealed partial class EconomyService(
    IGrainFactory grains, LeaseHolder holder, IServiceProvider services, IOptions<EconomyOptions> options, EconomyFigures figures, TimeProvider time, ILogger<EconomyService> logger)
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan WaitMin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan WaitMax = TimeSpan.FromMinutes(5);

    /// <summary>Reads again after a failure, for ever: a leased work that ends with one would end the process in the end, and its trading.</summary>
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
                LogFailed(logger, wait.TotalSeconds, e.GetBaseException().Message);
                await Task.Delay(wait, time, cancellationToken);
                wait = wait * 2 < WaitMax ? wait * 2 : WaitMax;
            }
            finally
            {
                figures.Show(null);
            }
        }
    }

    private async Task ReadAsync(long epoch, CancellationToken cancellationToken)
    {
        var isSimulated = options.Value.Source == EconomySource.Simulated;
        var (key, fred) = Open(isSimulated);
        var grain = grains.GetGrain<IEconomyGrain>(IEconomyGrain.Key);
        var source = isSimulated ? "simulated" : "fred";
        using var http = new HttpClient(FredClient.Handler()) { Timeout = Timeout.InfiniteTimeSpan };
        var budget = new RequestBudget(new GrainRequestLedger(grains.GetGrain<ISocialStoreGrain>($"economy-{source}")), fred, time);
        var calendar = new ReleaseCalendar(options.Value.Releases is { Count: > 0 } chosen ? chosen : ReleaseTable.Default(), new FredClient(http, key, fred, budget, time), time);
        var clock = new NoticeClock();
        var last = await grain.GetNotice().WaitAsync(cancellationToken) ?? default;
        var (noticeAt, problem, reportedAt) = (Timestamp.Unknown, (string?)null, (long?)null);
        using var timer = new PeriodicTimer(Step, time);
        do
        {
            await calendar.StepAsync(cancellationToken);
            var notice = calendar.Read(last.Number) is { } read && clock.IsDue(in read) ? read : (CalendarNotice?)null;
            if (notice is null && reportedAt is { } at && time.GetElapsedTime(at) < ReportEvery)
            {
                continue;
            }

            noticeAt = notice?.KnownAt ?? noticeAt;
            var status = new EconomyStatus(
                Timestamp.FromDateTimeOffset(time.GetUtcNow()), holder.Name, source, calendar.Problem, noticeAt, budget.Spend.InDay, fred.RequestsPerDayMax,
                [.. calendar.Releases.Select(one => new ReleaseStatus(one.Id, one.Name, one.Last, one.Next, one.SurpriseOf, one.Surprise, one.Problem))]);
            if (!await grain.Report(new EconomyReport(epoch, status, notice)))
            {
                throw new InvalidOperationException("another process reads economic releases now");
            }

            reportedAt = time.GetTimestamp();
            figures.Show(status);
            if (notice is { } sent)
            {
                clock.Sent(in sent);
                last = sent;
            }

            if (calendar.Problem is { } now && now != problem)
            {
                LogProblem(logger, source, now);
            }

            problem = calendar.Problem;
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    private (FredKey Key, FredOptions Fred) Open(bool isSimulated)
    {
        var fred = services.GetRequiredService<IOptions<FredOptions>>().Value;
        if (!isSimulated)
        {
            return (services.GetRequiredService<FredKey>(), fred);
        }

        var simulated = services.GetRequiredService<SimulatedFred>();
        return (FredKey.Of(services.GetRequiredService<IOptions<SimulatedFredOptions>>().Value.ApiKey), new FredOptions
        {
            BaseAddress = simulated.Address,
            RequestTimeoutSeconds = fred.RequestTimeoutSeconds,
            RequestsPerDayMax = fred.RequestsPerDayMax,
            RequestsPerMinuteMax = fred.RequestsPerMinuteMax,
            PauseSeconds = fred.PauseSeconds,
        });
    }

    [LoggerMessage(EventId = 770, Level = LogLevel.Error, Message = "Economic releases are not read, and are again in {WaitSeconds} s: {Problem}")]
    private static partial void LogFailed(ILogger logger, double waitSeconds, string problem);

    [LoggerMessage(EventId = 771, Level = LogLevel.Warning, Message = "Economic releases of {Source}: {Problem}")]
    private static partial void LogProblem(ILogger logger, string source, string problem);
}
