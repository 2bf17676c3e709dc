using BtcAgent.Contracts.Portfolios;
using BtcAgent.Contracts.Settings;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Portfolios;
using BtcAgent.Grains.Feeds;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BtcAgent.Grains.Portfolios;

/// <summary>
/// Supplies each portfolio with prices of the assets that it pays fees in and does not trade; runs on one silo of a
/// cluster. When a price is unavailable, the books keep the last one and its age, which risk checks. Does nothing when no
/// venue offers such prices.
/// </summary>
internal sealed partial class ValuationService(
    IServiceProvider services,
    IGrainFactory grains,
    LeasedWork leased,
    IOptions<AgentOptions> agent,
    TimeProvider time,
    ILogger<ValuationService> logger) : BackgroundService
{
    /// <summary>A market that the venue does not list is queried again after this many intervals.</summary>
    private const int UnlistedIntervals = 30;

    /// <summary>
    /// Interval at which a new need is noticed: the first fee in an asset blocks new positions until its price arrives.
    /// </summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly Dictionary<(string Portfolio, InstrumentId Market), DateTimeOffset> _due = [];
    private readonly HashSet<InstrumentId> _failing = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (agent.Value.WaitForDecisions || services.GetService<IValuationPrices>() is not { } prices)
        {
            return;
        }

        try
        {
            await leased.RunAsync("valuation", (_, cancellation) => WatchAsync(prices, cancellation), stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            LogStopped(logger);
        }
    }

    private async Task WatchAsync(IValuationPrices prices, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        do
        {
            foreach (var portfolio in agent.Value.Portfolios)
            {
                var grain = grains.GetGrain<IPortfolioGrain>(portfolio.Id);
                foreach (var market in await grain.GetMarketsToValue())
                {
                    if (!_due.TryGetValue((portfolio.Id, market), out var due) || due <= time.GetUtcNow())
                    {
                        _due[(portfolio.Id, market)] = time.GetUtcNow() + await ValueAsync(prices, grain, market, cancellationToken);
                    }
                }
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    /// <returns>Delay until the next query.</returns>
    private async Task<TimeSpan> ValueAsync(
        IValuationPrices prices, IPortfolioGrain portfolio, InstrumentId market, CancellationToken cancellationToken)
    {
        var interval = agent.Value.ValuationInterval;
        string reason;
        try
        {
            if (await prices.GetMidAsync(market, cancellationToken) is { } mid)
            {
                await portfolio.Value(market, mid);
                if (_failing.Remove(market))
                {
                    LogValued(logger, market);
                }

                return interval;
            }

            (reason, interval) = ("the venue has no price of it", interval * UnlistedIntervals);
        }
        catch (MarketFeedException e)
        {
            reason = e.Message;
        }

        if (_failing.Add(market))
        {
            LogNotValued(logger, market, reason); // Logged once, until it works again.
        }

        return interval;
    }
}
