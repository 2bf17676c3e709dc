using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Portfolios;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Signals;
using BtcAgent.Domain.Tests.Orders;
using CsCheck;

namespace BtcAgent.Domain.Tests.Risk;

/// <summary>
/// For any signals, fills and prices: no order exceeds a limit, and an order that reduces risk always passes.
/// </summary>
public sealed class RiskPropertyTests
{
    private static readonly Gen<(int Direction, double Move, double Part, int StepMs)[]> Histories =
        Gen.Select(Gen.Int[-1, 1], Gen.Double[-0.02, 0.02], Gen.Double[0, 1], Gen.Int[1, 40_000_000]).Array[1, 60];

    private static readonly RiskLimits Limits = new()
    {
        MaxPositionNotional = 30_000,
        MaxOrderNotional = 7_000,
        MaxGrossExposure = 28_000,
        MaxOrdersPerMinute = 5,
        DailyLossLimit = 0.02m,
        WeeklyLossLimit = 0.04m,
        MaxDrawdown = 0.06m,
        AllowShort = true,
    };

    [Fact]
    public void NoSequenceOfSignalsAndFills_PassesALimit() => Histories.Sample(history =>
    {
        var run = new Run();
        foreach (var (direction, move, part, stepMs) in history)
        {
            var (decision, mid, before, breaker) = run.Step((SignalDirection)direction, move, part, stepMs);
            if (decision.Intent is not { } intent)
            {
                continue;
            }

            var after = before + (intent.Side == Side.Buy ? 1 : -1) * intent.Quantity.ToDecimal();
            var notional = intent.Quantity.ToDecimal() * mid;
            Assert.NotEqual(BreakerMode.Halted, breaker);
            Assert.True(intent.ReducesRisk || breaker == BreakerMode.Active || Math.Abs(after) <= Math.Abs(before), decision.Summary);
            Assert.True(notional <= Limits.MaxOrderNotional, $"order of {notional}");
            Assert.True(intent.ReducesRisk || Math.Abs(after) * mid <= Limits.MaxGrossExposure, $"position of {after * mid}");
        }
    }, iter: 2_000);

    [Fact]
    public void ReducingOrder_IsNeverRefusedByLossExposureOrCapRules() => Gen.Select(
        Gen.Double[0.01, 3], Gen.Double[0.001, 1], Gen.Int[40_000, 100_000], Gen.Bool).Sample((held, share, equity, isLong) =>
    {
        // Everything at its limit at once: loss, exposure, order size, rate, volatility, liquidity, cost, a tripped
        // breaker.
        var limits = new RiskLimits
        {
            MaxPositionNotional = 1,
            MaxOrderNotional = 1,
            MaxGrossExposure = 1,
            MaxOpenOrders = 1,
            MaxOrdersPerMinute = 1,
            MaxAnnualVolatility = 0,
            MaxTouchMultiple = 0,
            RoundTripFeeBps = 10_000,
            MaxDrawdown = 1,
            DailyLossLimit = 0,
            AllowShort = true,
        };
        var engine = new RiskEngine("paper", limits, new SizingOptions());
        var position = Quantity.RoundDown((decimal)held).RoundDownToLot(OrderFixture.Rules.LotSize).ToDecimal() * (isLong ? 1 : -1);
        var quantity = Quantity.RoundDown(Math.Abs(position) * (decimal)share).RoundDownToLot(OrderFixture.Rules.LotSize);
        if (quantity.ToDecimal() * 50_000 < 6)
        {
            return; // Below the venue's least: no rule of ours.
        }

        var decision = engine.AssessOrder(
            new OrderRequest
            {
                RequestId = "close",
                Instrument = OrderFixture.Btc,
                Side = isLong ? Side.Sell : Side.Buy,
                Type = OrderType.Market,
                Quantity = quantity,
            },
            RiskFixture.Input(position: position, cash: 1_000_000, equity: equity) with { Reconciling = true });
        Assert.True(decision.Intent is { ReducesRisk: true }, decision.Summary);
        Assert.Equal(Quantity.Parse("0.0001"), decision.Intent.Quantity); // Of 5 USDT: the limit of 1 is below what the venue takes.
    }, iter: 3_000);

    /// <summary>One engine, one ledger, a market that jumps; orders fill in part or whole at once.</summary>
    private sealed class Run
    {
        private readonly PortfolioLedger _ledger = new("paper", "USDT", new Dictionary<string, decimal> { ["USDT"] = 100_000 });
        private RiskEngine _engine = new("paper", Limits, new SizingOptions { Fraction = 0.5m });
        private decimal _mid = 50_000;
        private double _atMs;
        private int _trades;

        public (RiskDecision Decision, decimal Mid, decimal Position, BreakerMode Breaker) Step(
            SignalDirection direction, double move, double part, int stepMs)
        {
            _mid = decimal.Round(_mid * (1 + (decimal)move), 0);
            _atMs += stepMs;
            var input = RiskFixture.Input(direction, atMs: _atMs);
            var quote = RiskFixture.QuoteOf($"{_mid - 1}", $"{_mid + 1}");
            var portfolio = _ledger.Mark(OrderFixture.Btc, quote.Mid, OrderFixture.At(_atMs));
            var position = portfolio.Position(OrderFixture.Btc)?.Quantity ?? 0;
            var decision = _engine.Assess(input with { Sample = input.Sample with { Quote = quote }, Portfolio = portfolio });
            if (decision.Intent is { } intent)
            {
                var filled = Quantity.RoundDown(intent.Quantity.ToDecimal() * (decimal)part).RoundDownToLot(OrderFixture.Rules.LotSize);
                if (!filled.IsZero)
                {
                    _ledger.Apply(
                        OrderFixture.FillOf($"{++_trades}", filled.ToString(), $"{_mid}", intent.Side, fee: filled.ToDecimal() * _mid / 1_000, atMs: _atMs),
                        OrderFixture.Rules);
                }
            }

            if (_trades % 7 == 6)
            {
                _engine = new RiskEngine("paper", Limits, new SizingOptions { Fraction = 0.5m }, _engine.ToState()); // A restart changes nothing.
            }

            return (decision, _mid, position, decision.Breaker.Mode);
        }
    }
}
