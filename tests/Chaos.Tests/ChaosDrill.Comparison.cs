using System.Text.Json;

namespace BtcAgent.Chaos.Tests;

/// <summary>The venue's own records against the agent's books.</summary>
internal sealed partial class ChaosDrill
{
    private async Task<DrillResult> CompareAsync(CancellationToken cancellationToken)
    {
        _venue!.Faults.Stop();
        await PostAsync("/api/v1/control/halt", new { reason = "the drill is over" }, cancellationToken);
        using var venue = new VenueRecords(_venue.RestAddress, DrillStage.ApiKey, DrillStage.Secret);
        await SettleAsync(venue, cancellationToken);
        await NoteOrdersAsync(cancellationToken);

        var portfolio = (await _agent!.GetAsync(_folder.FullName, "/api/v1/portfolios/main", cancellationToken))!.Value.GetProperty("portfolio");
        var orders = (await venue.AllOrdersAsync(DrillStage.Symbol, cancellationToken)).Select(o => (Id: o.GetProperty("clientOrderId").GetString()!, Json: o)).ToList();
        var trades = await venue.AllTradesAsync(DrillStage.Symbol, cancellationToken);
        var atVenue = orders.GroupBy(o => o.Id).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        var booked = portfolio.GetProperty("fillCount").GetInt32();
        var fees = trades.Sum(t => VenueRecords.Amount(t, "commission")
            * (t.GetProperty("commissionAsset").GetString() == "BTC" ? VenueRecords.Amount(t, "price") : 1));
        var balances = portfolio.GetProperty("balances");
        var open = await venue.OpenOrdersAsync(DrillStage.Symbol, cancellationToken);
        return new DrillResult(
            options.Seed,
            _kills,
            atVenue.Count,
            _venue.Faults.Count,
            Lost: _taken.Count(o => !atVenue.ContainsKey(o.Key) && o.Value is not ("rejected" or "denied")) + Math.Max(0, trades.Count - booked),
            Doubled: atVenue.Values.Count(count => count > 1) + Math.Max(0, booked - trades.Count),
            Orphaned: open.GetArrayLength() + _taken.Count(o => atVenue.ContainsKey(o.Key) && o.Value is "rejected" or "denied" && atVenue.ContainsKey(o.Key))
                + atVenue.Keys.Count(id => !_taken.ContainsKey(id)),
            await venue.BalanceAsync("USDT", cancellationToken) - Decimal(balances, "USDT"),
            await venue.BalanceAsync("BTC", cancellationToken) - Decimal(balances, "BTC"),
            fees - portfolio.GetProperty("fees").GetDecimal(),
            RecoveryTimes.Of(_recoveries));
    }

    /// <summary>The halt has cancelled everything: nothing is open at the venue, and the agent says that it agrees.</summary>
    private async Task SettleAsync(VenueRecords venue, CancellationToken cancellationToken)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(20))
        {
            var executions = await _agent!.GetAsync(_folder.FullName, "/api/v1/executions", cancellationToken);
            if (executions is { } all
                && all.EnumerateObject().All(e => !e.Value.GetProperty("isReconciling").GetBoolean() && e.Value.GetProperty("openOrders").GetInt32() == 0)
                && (await venue.OpenOrdersAsync(DrillStage.Symbol, cancellationToken)).GetArrayLength() == 0)
            {
                return;
            }

            await Task.Delay(RetryEvery, TimeProvider.System, cancellationToken);
        }

        report($"not settled:\n{_agent!.Tail}");
    }

    private static decimal Decimal(JsonElement balances, string asset) =>
        balances.TryGetProperty(asset, out var value) ? value.GetDecimal() : 0;
}
