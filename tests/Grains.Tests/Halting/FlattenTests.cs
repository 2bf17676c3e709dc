using BtcAgent.Domain;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Signals;

namespace BtcAgent.Grains.Tests.Halting;

/// <summary>
/// A flatten ends when the position is closed, whatever happens to its orders, and never sells more than is held.
/// </summary>
[Collection(HaltStageCollection.Name)]
public sealed class FlattenTests(HaltStage stage)
{
    private static readonly SystemHealth Stale = SystemHealth.Unknown with { FeedStalenessMs = 1_000_000 };

    [Fact]
    public async Task Flatten_FirstOrdersAreLost_IsRetriedUntilFlat()
    {
        await HoldingAsync();
        var lost = 0;
        stage.Gates.Reset((name, _) => name.StartsWith("venue.place.arrive", StringComparison.Ordinal) && lost < 2);

        var answer = await AskAsync(stage.Control.Flatten("enough", "ada"));

        Assert.NotNull(answer);
        for (; lost < 2; lost++)
        {
            await stage.UntilAsync("a closing order is on the wire", () => Task.FromResult(stage.Gates.Waiting.Count > 0));
            stage.Gates.Fail(stage.Gates.Waiting[0]);
        }

        await FlatAsync();
        Assert.Equal(3, stage.Venue.Departures.Count(left => left.Intent.Side == Side.Sell));
    }

    [Fact]
    public async Task Flatten_LargerThanTheOrderLimit_ClosesInSlices()
    {
        await HoldingAsync();
        await stage.Risk.ChangeLimit(nameof(RiskLimits.MaxOrderNotional), 5_000, "ada", "small steps");

        await AskAsync(stage.Control.Flatten("enough", "ada"));

        await FlatAsync();
        var sales = stage.Venue.Departures.Where(left => left.Intent.Side == Side.Sell).ToList();
        Assert.True(sales.Count > 1, $"{sales.Count} sales");
        Assert.All(sales, sale => Assert.True(sale.Intent.Quantity.ToDecimal() * sale.Intent.ReferencePrice <= 5_000, $"{sale.Intent.Quantity}"));
    }

    [Fact]
    public async Task Flatten_AnswerIsLost_SellsOnce()
    {
        await HoldingAsync();
        stage.Gates.Reset((name, number) => name.StartsWith("venue.place.answer", StringComparison.Ordinal) && number == 0);
        await AskAsync(stage.Control.Flatten("enough", "ada"));
        await stage.UntilAsync("the answer is on the wire", () => Task.FromResult(stage.Gates.Waiting.Count > 0));

        stage.Gates.Fail(stage.Gates.Waiting[0]);

        await FlatAsync();
        Assert.Single(stage.Venue.Departures, left => left.Intent.Side == Side.Sell);
    }

    [Fact]
    public async Task Flatten_FillsAreNotInTheBooksYet_WaitsForThem()
    {
        await stage.BeginAsync();
        stage.Gates.Reset((name, _) => name.StartsWith("store.execution", StringComparison.Ordinal));
        var buying = stage.SampleAsync(SignalDirection.Long);
        await stage.UntilAsync("it is bought, and not booked", () =>
        {
            if (stage.Venue.BaseBalance == 0 && stage.Gates.Waiting is [var first, ..])
            {
                stage.Gates.Open(first);
            }

            return Task.FromResult(stage.Venue.BaseBalance > 0 && stage.Gates.Waiting.Count > 0);
        });
        await buying;

        Assert.NotNull(await AskAsync(stage.Control.Flatten("enough", "ada")));
        stage.Gates.OpenAll();

        await FlatAsync();
    }

    [Fact]
    public async Task Flatten_ExecutionEndsBeforeItsOrderLeaves_TheNextActivationCloses()
    {
        await HoldingAsync();
        stage.Gates.Reset((name, _) => name.StartsWith("venue.place.leave", StringComparison.Ordinal));
        await AskAsync(stage.Control.Flatten("enough", "ada"));
        await HaltStage.QuietAsync();
        await stage.RestartAsync(stage.Execution);
        await stage.RestartAsync(stage.Control); // The command lived there only.
        Assert.DoesNotContain(stage.Venue.Departures, left => left.Intent.Side == Side.Sell);

        stage.Gates.OpenAll();
        await stage.Execution.GetStatus(); // As the health watch asks.

        await FlatAsync();
    }

    [Fact]
    public async Task Watch_BreakerFlattensAndTheProcessEndsBeforeItIsDone_TheNextCloses()
    {
        await HoldingAsync();
        stage.Gates.Reset((name, _) => name.StartsWith("venue.", StringComparison.Ordinal));
        await AskAsync(stage.Risk.Watch(Stale));
        await stage.RestartAsync(stage.Execution);
        await stage.RestartAsync(stage.Risk);
        Assert.DoesNotContain(stage.Venue.Departures, left => left.Intent.Side == Side.Sell);

        stage.Gates.OpenAll();
        await stage.Risk.GetStatus(); // As the health watch asks.

        await FlatAsync();
        Assert.Equal(BreakerMode.Halted, (await stage.Risk.GetStatus()).Breaker.Mode);
    }

    [Fact]
    public async Task Watch_BreakerFlattensWhileAnOrderSells_SellsNoMoreThanIsHeld()
    {
        await HoldingAsync();
        stage.Gates.Reset((name, number) => name.StartsWith("venue.place.answer", StringComparison.Ordinal) && number == 0);
        var selling = stage.SampleAsync(SignalDirection.Flat);
        await stage.UntilAsync("its answer is on the wire", () => Task.FromResult(stage.Gates.Waiting.Count > 0));
        await selling;

        await AskAsync(stage.Risk.Watch(Stale));
        stage.Gates.OpenAll();

        await FlatAsync();
    }

    [Fact]
    public async Task Halt_WhileAFlattenIsAtWork_LeavesThePosition()
    {
        await HoldingAsync();
        stage.Gates.Reset((name, _) => name.StartsWith("venue.place.leave", StringComparison.Ordinal));
        await AskAsync(stage.Control.Flatten("enough", "ada"));
        var held = stage.Venue.BaseBalance;

        await AskAsync(stage.Control.Halt("but keep it", "ada"));
        stage.Gates.OpenAll();

        await stage.UntilAsync("the halt is done", async () => await stage.Control.GetPendingHalt() is null);
        await stage.AdvanceAsync(5_000);
        Assert.Equal(held, stage.Venue.BaseBalance);
        Assert.DoesNotContain(stage.Venue.Departures, left => left.Intent.Side == Side.Sell);
    }

    private async Task HoldingAsync()
    {
        await stage.BeginAsync();
        await stage.SampleAsync(SignalDirection.Long);
        await stage.UntilAsync("a position", async () => (await stage.Books.GetSnapshot()).Position(HaltStage.Btc)?.Quantity > 0);
    }

    /// <summary>Returns the answer within a second, whatever hangs.</summary>
    private async Task<object?> AskAsync(Task asked)
    {
        await stage.AnswerAsync(Done(asked));
        return (await stage.Control.GetStatus()).Pending;
    }

    private static async Task<bool> Done(Task asked)
    {
        await asked;
        return true;
    }

    private async Task FlatAsync()
    {
        await stage.UntilAsync(
            "the position is closed, at the venue and in the books",
            async () => stage.Venue.BaseBalance == 0 && (await stage.Books.GetSnapshot()).Position(HaltStage.Btc) is null or { Quantity: 0 });
        await stage.AdvanceAsync(5_000);
        Assert.Equal(0, stage.Venue.BaseBalance);
        Assert.Equal(0, stage.Venue.LeastBase);
        Assert.Empty(stage.Venue.OpenOrders);
    }
}
