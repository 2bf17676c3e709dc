using System.Collections.Immutable;
using BtcAgent.Domain;
using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Portfolios;
using BtcAgent.Grains.Activations;
using BtcAgent.Grains.Execution;
using BtcAgent.Grains.Tests.Instruments;

namespace BtcAgent.Grains.Tests.Execution;

/// <summary>The host of a desk, with real books and a store that a test can stop.</summary>
internal sealed class ScriptedHost : IDeskHost
{
    public static readonly InstrumentId Btc = InstrumentId.Parse("BINANCE:BTCUSDT");

    private readonly PortfolioLedger _ledger;

    public ScriptedHost(decimal held = 0)
    {
        var balances = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, [KeyValuePair.Create("BTC", held), KeyValuePair.Create("USDT", 100_000m)]);
        _ledger = new PortfolioLedger(Portfolio, "USDT", balances);
        _ledger.Mark(Btc, 50_000, Timestamp.FromUnixMilliseconds(1_700_000_000_000));
    }

    public string Portfolio => "main";

    public InstrumentId Instrument => Btc;

    public ExecutionGrainState Stored { get; } = new();

    public Standstill? Standstill => null;

    public TradingRules? Rules { get; set; } = PlainRules.Of(Btc);

    public decimal OrderNotionalMax { get; set; } = 5_000;

    public string? Halted { get; set; } = "enough";

    /// <summary>Writes complete with it.</summary>
    public Task Writing { get; set; } = Task.CompletedTask;

    /// <summary>Reads of the books complete with it.</summary>
    public Task Reading { get; set; } = Task.CompletedTask;

    /// <summary>Thrown by the books instead of booking a fill; null books it.</summary>
    public Exception? BooksFail { get; set; }

    public int Writes { get; private set; }

    public bool HasEnded { get; private set; }

    public decimal Held => _ledger.Snapshot().Position(Btc)?.Quantity ?? 0;

    public int Booked => _ledger.Snapshot().FillCount;

    public Task StoreAsync()
    {
        Writes++;
        return Writing;
    }

    public Task<TradingRules?> GetRulesAsync() => Task.FromResult(Rules);

    public Task BookAsync(ImmutableArray<Fill> fills)
    {
        if (BooksFail is { } failure)
        {
            return Task.FromException(failure);
        }

        foreach (var fill in fills)
        {
            _ledger.Apply(fill, Rules!);
        }

        return Task.CompletedTask;
    }

    /// <summary>Orders as they were published, in order.</summary>
    public List<Order> Published { get; } = [];

    public void Publish(Order order) => Published.Add(order);

    public async Task<PortfolioSnapshot> GetBooksAsync()
    {
        await Reading;
        return _ledger.Snapshot();
    }

    public Task<string?> OpenBooksAsync(ImmutableSortedDictionary<string, decimal> balances) => Task.FromResult<string?>(null);

    public Task<AccountSettlement> AgreeAsync(AccountReading reading) => Task.FromResult(_ledger.Agree(reading));

    public Task<decimal> GetOrderNotionalMaxAsync() => Task.FromResult(OrderNotionalMax);

    public Task<string?> WhyHaltedAsync() => Task.FromResult(Halted);

    public Task<string?> WhyStoppedAsync() => Task.FromResult(Halted);

    public Task HaltAsync(string reason)
    {
        Halted = reason;
        return Task.CompletedTask;
    }

    public void Works()
    {
    }

    public void End() => HasEnded = true;

    public void Failed(Exception failure) => HasEnded = true;
}
