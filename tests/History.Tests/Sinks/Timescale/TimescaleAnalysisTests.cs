using BtcAgent.Domain.Facts;
using BtcAgent.Testing;
using Side = BtcAgent.Contracts.Wire.V1.Side;

namespace BtcAgent.History.Tests.Sinks.Timescale;

/// <summary>Each view against figures computed by hand from <see cref="TradingStory"/>.</summary>
public sealed class TimescaleAnalysisTests(PostgresServer server)
{
    [Fact]
    public async Task Views_OfTheStory_GiveTheFiguresComputedByHand()
    {
        await using var rig = new TimescaleRig(await server.NewDatabaseAsync());
        await TradingStory.StoreAllAsync(rig);

        await ExpectRoundTripsAsync(rig);
        await ExpectExecutionAsync(rig);
        await ExpectProvenanceAsync(rig);
    }

    [Fact]
    public async Task RoundTrips_FeesInBaseAndInAThirdAsset_AreInTheResultOrCounted()
    {
        await using var rig = new TimescaleRig(await server.NewDatabaseAsync());
        await rig.Sink.OpenAsync(TimescaleRig.Token);

        // 0.001 BTC of fee leave 0.999, which bring 109.89. The second portfolio's fee is in a coin without a price.
        await TradingStory.StoreAsync(rig, FactTopic.Executions, [
            TradingStory.Fill("a", 0, Side.Buy, 100, 1, "0.001", "BTC"), TradingStory.Fill("b", 1, Side.Sell, 110, 0.999m, "0"),
            TradingStory.Fill("c", 2, Side.Buy, 100, 1, "0.01", "BNB", "other"), TradingStory.Fill("d", 3, Side.Sell, 105, 1, "0", "USDT", "other")]);

        Assert.Equal(
            ["main|9.89|0.1|0", "other|5|0|1"],
            await rig.RowsAsync("SELECT portfolio, trim_scale(net_pnl), trim_scale(fees), fills_without_fee_value FROM trading.round_trips ORDER BY 1"));
    }

    [Fact]
    public async Task DailyPnl_OfMarks_IsTheDifferenceOfEquityFromDayToDay()
    {
        await using var rig = new TimescaleRig(await server.NewDatabaseAsync());
        await rig.Sink.OpenAsync(TimescaleRig.Token);

        await TradingStory.StoreAsync(rig, FactTopic.Positions, [
            TradingStory.Mark(0, "1000", "0", 0), TradingStory.Mark(10, "990.5", "0.5", 1), TradingStory.Mark(20, "1010.25", "0.75", 2),
            TradingStory.Mark(86_400, "1020", "0.75", 2), TradingStory.Mark(86_500, "1005", "1", 3)]);

        Assert.Equal(
            ["10.25|0.75|2|1010.25|990.5|1010.25", "-5.25|0.25|1|1005|1005|1020"],
            await rig.RowsAsync("SELECT pnl, fees, fills, last_equity, lowest_equity, highest_equity FROM trading.daily_pnl ORDER BY day"));
    }

    private static async Task ExpectRoundTripsAsync(TimescaleRig rig)
    {
        // 220 − 202 − 0.45; then 108 − 109 − 0.1 − 0.3/3; then 2·(105 − 109) − 0.3·2/3 − 0.2.
        Assert.Equal(
            ["1|1|101|110|2|17.55|0.45|m1|calm", "2|-1|108|109|1|-1.2|0.2|m2|stormy", "3|1|109|105|2|-8.4|0.4|m2|stormy"],
            await rig.RowsAsync("""
                SELECT round_trip, trim_scale(direction), trim_scale(entry_price), trim_scale(exit_price), trim_scale(quantity),
                    trim_scale(round(net_pnl, 12)), trim_scale(round(fees, 12)), model_id, regime
                FROM trading.round_trips ORDER BY round_trip
                """));
        Assert.Equal(
            ["2024-08-08|2|16.35|1", "2024-08-09|1|-8.4|0"],
            await rig.RowsAsync("SELECT to_char(day AT TIME ZONE 'UTC', 'YYYY-MM-DD'), round_trips, trim_scale(round(net_pnl, 12)), winners FROM trading.pnl_by_day ORDER BY 1"));
        Assert.Equal(["12|17.55", "13|-9.6"], await rig.RowsAsync("SELECT hour, trim_scale(round(net_pnl, 12)) FROM trading.pnl_by_hour ORDER BY 1"));
        Assert.Equal(["trend|m1|17.55", "trend|m2|-9.6"], await rig.RowsAsync("SELECT strategy, model_id, trim_scale(round(net_pnl, 12)) FROM trading.pnl_by_model ORDER BY 2"));
        Assert.Equal(["calm|17.55", "stormy|-9.6"], await rig.RowsAsync("SELECT regime, trim_scale(round(net_pnl, 12)) FROM trading.pnl_by_regime ORDER BY 1"));
        Assert.Equal(["m1|1|1", "m2|2|0"], await rig.RowsAsync("SELECT model_id, round_trips, trim_scale(hit_rate) FROM trading.hit_rate ORDER BY 1"));

        // The highest trade of the first round trip is 112, the lowest 99, the entry 101.
        Assert.Equal(["1089.11|-198.02"], await rig.RowsAsync("SELECT round(mfe_bps, 2), round(mae_bps, 2) FROM trading.excursions WHERE round_trip = 1"));
    }

    private static async Task ExpectExecutionAsync(TimescaleRig rig)
    {
        Assert.Equal(
            ["a|101|100.00|2", "b|110|90.09|2"],
            await rig.RowsAsync("""
                SELECT client_order_id, trim_scale(average_price), round(slippage_bps, 2), trim_scale(slippage_quote)
                FROM trading.slippage WHERE client_order_id IN ('a', 'b') ORDER BY 1
                """));

        // Order a wanted 3 at a mid of 100 and got 2 for 202 with 0.2 of fees; it ended at a mid of 101.
        Assert.Equal(
            ["2|1|0.2|106.67"],
            await rig.RowsAsync("""
                SELECT trim_scale(execution_cost), trim_scale(opportunity_cost), trim_scale(fees), round(shortfall_bps, 2)
                FROM trading.implementation_shortfall WHERE client_order_id = 'a'
                """));
        Assert.Equal(
            ["100.00|200.00|-100.00|300.00"],
            await rig.RowsAsync("""
                SELECT round(markout_1s_bps, 2), round(markout_5s_bps, 2), round(markout_30s_bps, 2), round(markout_5m_bps, 2)
                FROM trading.markouts WHERE trade_id = 'a0'
                """));
        Assert.Equal(["null"], await rig.RowsAsync("SELECT markout_1s_bps FROM trading.markouts WHERE trade_id = 'e86400'"));
    }

    private static async Task ExpectProvenanceAsync(TimescaleRig rig) => Assert.Equal(
        ["m1|calm|approved|77|100|1|0.75|a|Canceled|3|2|2|101|0.2"],
        await rig.RowsAsync("""
            SELECT model_id, regime, outcome, sample_last_sequence, trim_scale(sample_mid), signal_direction, signal_score, client_order_id, order_status,
                trim_scale(order_quantity), fills, trim_scale(filled_quantity), trim_scale(average_price), trim_scale(fees)
            FROM trading.provenance WHERE decision_id = 'd1'
            """));
}
