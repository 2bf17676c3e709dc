using BtcAgent.Domain.Execution.Desk;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Portfolios;
using BtcAgent.Domain.Risk;

namespace BtcAgent.Grains.Execution;

/// <summary>
/// Closes a position at market, with one order within the order limit after the other, until it is closed or the flatten is
/// withdrawn. Stored, so that a restart continues. The desk decides when to take the next step.
/// <list type="number">
/// <item>A closing order is sent only when the previous one has ended and its fills are in the books: no more is sold than
/// is held.</item>
/// <item>A flatten that was withdrawn while the books were read sends nothing.</item>
/// <item>It is complete only when none of the agent's orders can open the position again.</item>
/// </list>
/// </summary>
/// <param name="host">The surrounding grain.</param>
/// <param name="desk">Sends the orders.</param>
/// <param name="fence">The desk's fence.</param>
/// <param name="orderLifetime">Lifetime of one closing order.</param>
/// <param name="time">Our clock.</param>
internal sealed class PositionCloser(IDeskHost host, IClosingDesk desk, SendFence fence, TimeSpan orderLifetime, TimeProvider time)
{
    private const string Strategy = "flatten";

    private string? _waitsFor;

    /// <summary>The flatten in progress; null if none.</summary>
    public FlattenWork? Work => host.Stored.Flatten;

    /// <summary>True during a step.</summary>
    public bool IsBusy { get; private set; }

    /// <summary>Reason why the flatten in progress waits; null without a flatten.</summary>
    public string? Pending => Work is null ? null : _waitsFor ?? "the position is being closed";

    /// <summary>Prefix of the client ids of the flatten in progress; null if none.</summary>
    public string? OwnIds => Work is { } work ? $"{DecisionId.OwnOrders}{IdOf(work)}-" : null;

    /// <summary>Begins a flatten, unless one is in progress.</summary>
    /// <returns>Completes when it is stored; null when one is in progress.</returns>
    public Task? Begin(string reason, Timestamp asked)
    {
        if (Work is not null)
        {
            return null;
        }

        host.Stored.Flatten = new FlattenWork(reason, asked, 0);
        return host.StoreAsync();
    }

    /// <summary>Abandons the flatten and stores that before returning.</summary>
    public async Task WithdrawAsync()
    {
        if (Work is not null)
        {
            host.Stored.Flatten = null;
            await host.StoreAsync();
        }
    }

    /// <summary>Ends the flatten, sends the next closing order, or records what it waits for.</summary>
    public async Task StepAsync()
    {
        IsBusy = true;
        try
        {
            _waitsFor = await UnclosedAsync();
            if (_waitsFor is null)
            {
                await WithdrawAsync();
            }
        }
        catch (Exception e) when (e is OrleansException or TimeoutException or InvalidOperationException)
        {
            _waitsFor = e.Message; // Another grain cannot answer now; retried.
        }
        finally
        {
            IsBusy = false;
        }
    }

    /// <returns>Null when the position is closed and nothing can open it again, or an operator resumed; else what it waits
    /// for.</returns>
    private async Task<string?> UnclosedAsync()
    {
        if (await host.WhyHaltedAsync() is null)
        {
            return null;
        }

        var most = await host.GetOrderNotionalMaxAsync();
        var rules = await host.GetRulesAsync();
        var (books, stale) = await desk.ReadBooksAsync();
        if (stale is not null)
        {
            return stale; // Neither a position nor its absence is certain.
        }

        if (books.Position(host.Instrument) is not { Quantity: not 0 } position)
        {
            return desk.Unclear;
        }

        if (rules is null || position.MarkPrice is not { } mark)
        {
            return $"{position.Quantity} cannot be closed before the instrument's rules and price are known: its feed has not started";
        }

        var side = position.Quantity > 0 ? Side.Sell : Side.Buy;
        if (desk.WhyNotClose(side) is { } wait)
        {
            return $"{position.Quantity} to close: {wait}";
        }

        var quantity = ReducingSlice.Next(Quantity.RoundDown(Math.Abs(position.Quantity)), mark, most, rules);
        return quantity.IsZero ? desk.Unclear : await CloseAsync(side, quantity, mark, books);
    }

    private async Task<string?> CloseAsync(Side side, Quantity quantity, decimal mark, PortfolioSnapshot books)
    {
        if (Work is not { } work)
        {
            return null; // Withdrawn while the books were read.
        }

        host.Stored.Flatten = work with { Attempts = work.Attempts + 1 }; // Stored with the order.
        var decision = IdOf(work);
        var order = await desk.SubmitClosingAsync(
            new OrderIntent
            {
                ClientOrderId = decision.ClientOrderId(work.Attempts),
                Decision = decision,
                Strategy = Strategy,
                Portfolio = host.Portfolio,
                Instrument = host.Instrument,
                Side = side,
                Type = OrderType.Market,
                TimeInForce = TimeInForce.ImmediateOrCancel,
                Quantity = quantity,
                EventTime = desk.EventTimeOf(books),
                ReferencePrice = mark,
                ReducesRisk = true,
            },
            new SendTerms(fence.Epoch, Timestamp.FromDateTimeOffset(time.GetUtcNow()) + orderLifetime));
        return order.IsOpen ? $"closing order {order.Intent.ClientOrderId} is open"
            : $"closing order {order.Intent.ClientOrderId} ended {order.Status}: {order.Reason}";
    }

    private DecisionId IdOf(FlattenWork work) => DecisionId.From(host.Portfolio, Strategy, host.Instrument, work.Asked);
}
