using BtcAgent.Domain.Orders;

namespace BtcAgent.Grains.Tests.Halting;

/// <summary>A halt is complete when the venue's own list shows it, and reports until then what is pending.</summary>
[Collection(HaltStageCollection.Name)]
public sealed class HaltClearingTests(HaltStage stage)
{
    [Fact]
    public async Task Halt_CancelHangs_IsPendingUntilTheVenueListsNothing()
    {
        await RestingAsync();
        Stall("venue.cancel.arrive.ba-rests-0");

        var pending = await HaltAsync();

        Assert.Contains("ba-rests-0", pending, StringComparison.Ordinal);
        Assert.Single(stage.Venue.OpenOrders);
        stage.Gates.OpenAll();
        await DoneAsync();
        Assert.Empty(stage.Venue.OpenOrders);
    }

    [Fact]
    public async Task Halt_ListHangs_IsPending()
    {
        await RestingAsync();
        Stall("venue.list.arrive");

        Assert.Contains("open orders", await HaltAsync(), StringComparison.Ordinal);

        stage.Gates.OpenAll();
        await DoneAsync();
    }

    [Fact]
    public async Task Halt_OrderIsOnTheWire_IsPendingAndClearsItWhenItArrives()
    {
        await stage.BeginAsync();
        Stall("venue.place.arrive");
        await stage.RestAsync("late");
        await HaltStage.QuietAsync();

        Assert.Contains("ba-late-0", await HaltAsync(), StringComparison.Ordinal);

        stage.Gates.OpenAll();
        await DoneAsync();
        Assert.Equal(OrderStatus.Canceled, (await stage.Execution.GetOrders(1))[0].Status);
        Assert.Empty(stage.Venue.OpenOrders);
    }

    [Fact]
    public async Task Halt_OrderThatTheAgentDoesNotKnow_IsClearedByTheVenuesList()
    {
        await stage.BeginAsync();
        stage.Venue.Rest("ba-forgotten-0");

        await HaltAsync();
        await DoneAsync();

        Assert.Empty(stage.Venue.OpenOrders);
    }

    [Fact]
    public async Task Halt_OrderOfAnotherProgram_Stays()
    {
        await RestingAsync();
        stage.Venue.Rest("web_1");

        await HaltAsync();
        await DoneAsync();

        Assert.Equal("web_1", Assert.Single(stage.Venue.OpenOrders).ClientOrderId);
    }

    [Fact]
    public async Task Halt_OrderAmendedByHand_IsClearedByItsVenueId()
    {
        await RestingAsync();
        stage.Venue.Amend("ba-rests-0", "x-random");

        await HaltAsync();
        await stage.UntilAsync("nothing is open", () => Task.FromResult(stage.Venue.OpenOrders.Count == 0));
    }

    [Fact]
    public async Task CancelAll_OrdersAreNotRead_IsPendingAndClearsTheVenueAllTheSame()
    {
        await RestingAsync();
        await stage.ForgetRulesAsync();
        await stage.RestartAsync(stage.Execution);

        var answer = await stage.AnswerAsync(stage.Execution.CancelAll("enough"));

        Assert.Contains("not read yet", answer.Pending, StringComparison.Ordinal);
        await stage.UntilAsync("nothing is open", () => Task.FromResult(stage.Venue.OpenOrders.Count == 0));
        Assert.NotNull((await stage.AnswerAsync(stage.Execution.CancelAll("enough"))).Pending);
    }

    [Fact]
    public async Task Halt_ByTheAgentItself_ClearsOpenOrdersToo()
    {
        await RestingAsync();

        await stage.Risk.Halt("VENUE_REFUSES: -2015");

        await stage.UntilAsync("nothing is open", () => Task.FromResult(stage.Venue.OpenOrders.Count == 0));
    }

    [Fact]
    public async Task Halt_ProcessEndsBeforeItIsCleared_IsClearedByTheNext()
    {
        await RestingAsync();
        Stall("venue.cancel.arrive", "venue.list.arrive");
        await stage.AnswerAsync(stage.Risk.Halt("VENUE_REFUSES: -2015"));
        await stage.RestartAsync(stage.Execution);
        await stage.RestartAsync(stage.Risk);
        Assert.Single(stage.Venue.OpenOrders);

        stage.Gates.Reset((_, _) => false);
        await stage.Risk.GetStatus(); // As the health watch asks.

        await stage.UntilAsync("nothing is open", () => Task.FromResult(stage.Venue.OpenOrders.Count == 0));
        stage.Gates.OpenAll();
    }

    private async Task RestingAsync()
    {
        await stage.BeginAsync();
        await stage.RestAsync("rests");
        await stage.UntilAsync("it rests", async () => stage.Venue.OpenOrders.Count == 1
            && (await stage.Execution.GetOrders(1))[0].Status == OrderStatus.Accepted);
    }

    private void Stall(params string[] waits) =>
        stage.Gates.Reset((name, _) => waits.Any(wait => name.StartsWith(wait, StringComparison.Ordinal)));

    private async Task<string?> HaltAsync()
    {
        return (await stage.AnswerAsync(stage.Control.Halt("enough", "ada"))).Pending;
    }

    private Task DoneAsync() => stage.UntilAsync("the halt is done", async () => await stage.Control.GetPendingHalt() is null);
}
