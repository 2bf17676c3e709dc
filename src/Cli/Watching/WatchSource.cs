using BtcAgent.Cli.Agents;
using BtcAgent.Cli.Operations;
using BtcAgent.Client.Api;
using BtcAgent.Contracts.Instruments;
using BtcAgent.Contracts.Measurement;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Portfolios;

namespace BtcAgent.Cli.Watching;

/// <summary>Reads what <c>watch</c> shows.</summary>
/// <param name="agent">The agent.</param>
/// <param name="portfolio">The one portfolio; null for all.</param>
/// <param name="decisions">How many decisions.</param>
/// <param name="time">This machine's clock.</param>
internal sealed class WatchSource(AgentClient agent, string? portfolio, int decisions, TimeProvider time)
{
    private const int OrdersMax = 500;

    /// <exception cref="Output.AgentException">The agent cannot be reached, or refused.</exception>
    public async Task<WatchUpdate> ReadAsync(CancellationToken cancellationToken)
    {
        var status = agent.GetAsync<AgentStatus>("status", cancellationToken);
        var instruments = agent.GetAsync<IReadOnlyList<InstrumentSnapshot>>("instruments", cancellationToken);
        var portfolios = agent.GetAsync<IReadOnlyList<PortfolioSnapshot>>("portfolios", cancellationToken);
        var orders = agent.GetAsync<IReadOnlyList<Order>>(Query.Of("orders", ("open", true), ("limit", OrdersMax)), cancellationToken);
        var newest = agent.GetAsync<IReadOnlyList<DecisionSummary>>(
            Query.Of("decisions/summaries", ("limit", decisions), ("portfolio", portfolio)), cancellationToken);
        await Task.WhenAll(status, instruments, portfolios, orders, newest);
        PortfolioSnapshot[] shown = [.. (await portfolios).Where(p => portfolio is null || p.Portfolio == portfolio)];
        return Of(time.GetUtcNow(), await status, await instruments, shown, await orders, await newest);
    }

    private static WatchUpdate Of(
        DateTimeOffset at,
        AgentStatus status,
        IReadOnlyList<InstrumentSnapshot> instruments,
        IReadOnlyList<PortfolioSnapshot> portfolios,
        IReadOnlyList<Order> open,
        IReadOnlyList<DecisionSummary> decisions) => new(
            at,
            StatusCommand.Mode(status),
            status.IsArmed,
            [.. StatusProblems.Of(status)],
            [.. instruments.Select(Of)],
            [
                .. portfolios.Select(p => new WatchedPortfolio(
                    p.Portfolio,
                    status.Breakers.GetValueOrDefault(p.Portfolio)?.Mode,
                    p.QuoteAsset,
                    p.Equity,
                    p.DayPnl,
                    p.NetRealizedPnl,
                    p.Drawdown,
                    open.Count(order => order.Intent.Portfolio == p.Portfolio),
                    [.. p.Positions.Select(each => new WatchedPosition(each.Instrument.Key, each.Quantity, each.AveragePrice, each.UnrealizedPnl))])),
            ],
            decisions,
            status.Latency.FirstOrDefault(stage => stage is { Stage: LatencyStage.TickToOrder, Count: > 0 })?.P99Ms);

    private static WatchedInstrument Of(InstrumentSnapshot instrument) => new(
        instrument.Instrument.Key,
        instrument.Quote.Bid.IsZero ? null : instrument.Quote.Bid.ToDecimal(),
        instrument.Quote.Ask.IsZero ? null : instrument.Quote.Ask.ToDecimal(),
        instrument.Quote.SpreadBps,
        instrument.LastPrice.IsZero ? null : instrument.LastPrice.ToDecimal(),
        instrument.Health.IsConnected,
        instrument.Health.AgeMs);
}
