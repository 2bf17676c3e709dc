using System.Text.Json;
using BtcAgent.Chaos.Tests.Outside;

namespace BtcAgent.Chaos.Tests;

/// <summary>Compares the venue's records with the agent's books.</summary>
internal sealed partial class ChaosDrill
{
    private async Task<DrillResult> CompareAsync(CancellationToken cancellationToken)
    {
        _venue!.Faults.Stop();
        using var venue = new VenueRecords(_venue.RestAddress, DrillStage.ApiKey, DrillStage.Secret);
        await RestOverTheHaltAsync(cancellationToken);
        await PostAsync("/api/v1/control/halt", new { reason = "the drill is over" }, cancellationToken);
        var known = await SettleAsync(venue, cancellationToken);
        await NoteOrdersAsync(cancellationToken);

        var portfolio = (await _agent!.GetAsync(_folder.FullName, "/api/v1/portfolios/main", cancellationToken))!.Value.GetProperty("portfolio");
        var orders = await venue.AllOrdersAsync(DrillStage.Symbol, cancellationToken);
        var renamed = orders.Where(o => !Stranger.IsHis(o) && !AccountShares.NameOf(o).StartsWith(AccountShares.AgentPrefix, StringComparison.Ordinal));
        var shares = new AccountShares(
            orders,
            await venue.FirstNamesAsync(DrillStage.Symbol, renamed.Select(AccountShares.IdOf), cancellationToken),
            await venue.AllTradesAsync(DrillStage.Symbol, cancellationToken));
        var atVenue = shares.OwnOrders;
        var booked = portfolio.GetProperty("fillCount").GetInt32();
        var (balances, outside) = (portfolio.GetProperty("balances"), portfolio.GetProperty("outside").GetProperty("balances"));
        var open = (await venue.OpenOrdersAsync(DrillStage.Symbol, cancellationToken)).EnumerateArray().ToList();
        var foreignOpen = open.Count(IsForeign);
        var cash = DrillStage.AllocatedUsdt + shares.ChangeOf("USDT");
        var position = DrillStage.AllocatedBtc + shares.ChangeOf("BTC");
        return new DrillResult(
            options.Seed,
            _kills,
            atVenue.Count,
            _venue.Faults.Count,
            Lost: _taken.Count(o => !atVenue.ContainsKey(o.Key) && o.Value is not ("rejected" or "denied")) + Math.Max(0, shares.OwnTrades - booked),
            Doubled: atVenue.Values.Count(count => count > 1) + Math.Max(0, booked - shares.OwnTrades),
            Orphaned: open.Count - foreignOpen + Math.Abs(foreignOpen - known)
                + _taken.Count(o => atVenue.ContainsKey(o.Key) && o.Value is "rejected" or "denied" && atVenue.ContainsKey(o.Key))
                + atVenue.Keys.Count(id => !_taken.ContainsKey(id))
                + shares.Foreign.Count(o => !AccountShares.IsForeignName(AccountShares.NameOf(o)) && !_stranger!.Reused.Contains(AccountShares.NameOf(o))),
            ForeignCanceled: shares.Foreign.Count(o => AccountShares.IsForeignName(AccountShares.NameOf(o))
                && o.GetProperty("status").GetString() == "CANCELED" && !_stranger!.Canceled.Contains(AccountShares.IdOf(o))),
            cash - Decimal(balances, "USDT"),
            position - Decimal(balances, "BTC"),
            await venue.BalanceAsync("USDT", cancellationToken) - cash - Decimal(outside, "USDT"),
            await venue.BalanceAsync("BTC", cancellationToken) - position - Decimal(outside, "BTC"),
            shares.Fees - portfolio.GetProperty("fees").GetDecimal(),
            RecoveryTimes.Of(_recoveries),
            new DrillActs(
                _stalling!.CountOf(StallKind.Venue),
                _stalling.CountOf(StallKind.Store),
                _stalling.CountOf(StallKind.Process),
                shares.Amends,
                shares.Prevented,
                shares.Foreign.Count,
                shares.ForeignTrades,
                foreignOpen,
                shares.ReusedNames));
    }

    /// <summary>Foreign orders, which a halt must leave alone.</summary>
    private async Task RestOverTheHaltAsync(CancellationToken cancellationToken)
    {
        for (var i = 0; i < 2; i++)
        {
            if (!await _stranger!.TryAsync(StrangerAct.Rest, cancellationToken))
            {
                throw new InvalidOperationException("the venue does not take an order that is to rest over the halt");
            }
        }
    }

    /// <summary>
    /// The halt has cancelled all of the agent's orders: only foreign ones are open at the venue, and the agent reports
    /// agreement.
    /// </summary>
    /// <returns>Number of open orders in the agent's view, which are the stranger's.</returns>
    private async Task<int> SettleAsync(VenueRecords venue, CancellationToken cancellationToken)
    {
        var start = TimeProvider.System.GetTimestamp();
        var known = -1;
        while (TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(20))
        {
            if (await _agent!.GetAsync(_folder.FullName, "/api/v1/executions", cancellationToken) is { } executions)
            {
                var all = executions.EnumerateObject().Select(e => e.Value).ToList();
                known = all.Sum(e => e.GetProperty("openOrders").GetInt32());
                var open = (await venue.OpenOrdersAsync(DrillStage.Symbol, cancellationToken)).EnumerateArray().ToList();
                if (all.All(e => !e.GetProperty("isReconciling").GetBoolean()) && open.All(IsForeign) && open.Count == known)
                {
                    return known;
                }
            }

            await Task.Delay(RetryEvery, TimeProvider.System, cancellationToken);
        }

        report($"not settled:\n{_agent!.Tail}");
        return known;
    }

    /// <summary>The halt treats orders with a client id in the agent's format as the agent's.</summary>
    private static bool IsForeign(JsonElement order) => Stranger.IsHis(order) && AccountShares.IsForeignName(AccountShares.NameOf(order));

    private static decimal Decimal(JsonElement balances, string asset) =>
        balances.TryGetProperty(asset, out var value) ? value.GetDecimal() : 0;
}
