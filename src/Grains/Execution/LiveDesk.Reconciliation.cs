using System.Collections.Immutable;
using BtcAgent.Domain.Execution.Live;
using BtcAgent.Domain.Execution.Parity;
using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Domain.Orders;

namespace BtcAgent.Grains.Execution;

/// <summary>Comparing with the venue until nothing is in doubt, or the doubt itself has to be reported.</summary>
internal sealed partial class LiveDesk
{
    /// <summary>Orders named where a comparison leaves questions; all are in <see cref="LiveExecution.Doubts"/> or among the orders.</summary>
    private const int QuestionsNamed = 5;

    private static readonly TimeSpan RetryMax = TimeSpan.FromSeconds(5);

    private async Task ReconcileAsync()
    {
        // Let the caller's turn finish first: it may be an activation.
        await Task.Yield();
        var pause = TimeSpan.FromMilliseconds(options.RetryMs);
        var isHalted = false;
        for (var unsettled = 0; ;)
        {
            _again = false;
            var doubt = await CompareAsync();
            if (doubt is null && !_again)
            {
                _inDoubt = false;
                _reason = "agrees with the venue";
                _reconciledAt = Now();
                host.Works();
                _execution!.SettleDoubts();
                await Store();
                await ProtectAsync();
                if (!_again)
                {
                    return;
                }
            }

            if (doubt is not null)
            {
                _reason = doubt.Words;
                unsettled += doubt.HasAnswers ? 1 : 0;
                LogInDoubt(logger, portfolio, instrument, doubt.Words);
            }

            if (unsettled >= options.UnsettledMax)
            {
                unsettled = 0;
                isHalted = true;
                await host.Halt($"RECONCILIATION: {_reason}");
            }

            await Task.Delay(isHalted ? RetryMax : pause, time, _ending.Token);
            pause = pause * 2 > RetryMax ? RetryMax : pause * 2;
            pause = doubt is { HasAnswers: true } ? TimeSpan.FromMilliseconds(Math.Min(pause.TotalMilliseconds, 4 * options.RetryMs)) : pause;
        }
    }

    /// <returns>Null when all agrees; else what does not.</returns>
    private async Task<Unsettled?> CompareAsync()
    {
        try
        {
            if (await host.Rules() is not { } rules)
            {
                return new Unsettled("the instrument's rules are not known yet", HasAnswers: false);
            }

            _execution ??= new LiveExecution(portfolio, rules, host.Restored);
            _twins ??= new ParityTwins(portfolio, rules, host.Paper, options.Parity);
            return await OpenAsync(_execution) ?? await CompareOrdersAsync(_execution) ?? await CompareBalancesAsync(_execution, rules);
        }
        catch (ExecutionVenueException e)
        {
            return new Unsettled($"the venue does not answer: {e.Message}", HasAnswers: false);
        }
        catch (FormatException e)
        {
            if (_execution is not null)
            {
                _execution.Unreadable($"an answer of the venue cannot be read: {e.Message}", e.ToString(), Now());
                await StoreAndDeliver();
            }

            return new Unsettled($"the venue's answer cannot be read: {e.Message}", HasAnswers: true);
        }
    }

    /// <summary>The first time ever: the books begin with the allocated part of what the account holds.</summary>
    private async Task<Unsettled?> OpenAsync(LiveExecution execution)
    {
        if (execution.TradesReadTo is not null)
        {
            return null;
        }

        var before = await venue.GetLastTradeIdAsync(instrument, _ending.Token);
        var balances = await venue.GetBalancesAsync(_ending.Token);
        if (await venue.GetLastTradeIdAsync(instrument, _ending.Token) != before)
        {
            return new Unsettled("the account traded while it was read", HasAnswers: true);
        }

        if (await host.Open(balances) is { } problem)
        {
            return new Unsettled(problem, HasAnswers: true);
        }

        execution.OpenAt(before);
        await Store();
        return null;
    }

    private async Task<Unsettled?> CompareOrdersAsync(LiveExecution execution)
    {
        var askedAt = Now();
        var open = await venue.GetOpenOrdersAsync(instrument, _ending.Token);
        var asked = ImmutableDictionary.CreateBuilder<string, VenueOrder?>(StringComparer.Ordinal);
        foreach (var question in execution.OrdersToAskFor(open))
        {
            asked[question.Id] = question.VenueOrderId is { } venueId
                ? await venue.FindOrderByVenueIdAsync(instrument, venueId, _ending.Token)
                : await venue.FindOrderAsync(instrument, question.Name, _ending.Token);
        }

        var trades = await venue.GetTradesAsync(instrument, execution.NextTradeId, _ending.Token);
        var told = open.AddRange(asked.Values.OfType<VenueOrder>());
        foreach (var venueId in execution.UnknownOrdersOf(trades, told))
        {
            if (await venue.FindOrderByVenueIdAsync(instrument, venueId, _ending.Token) is { } order)
            {
                (open, told) = (open.Add(order), told.Add(order));
            }
        }

        foreach (var venueId in execution.OrdersToTrace(told))
        {
            if (await venue.FindFirstNameAsync(instrument, venueId, _ending.Token) is { } name)
            {
                (open, told) = (Named(open), Named(told));
                ImmutableArray<VenueOrder> Named(ImmutableArray<VenueOrder> orders) =>
                    [.. orders.Select(order => order.VenueOrderId == venueId ? order with { FormerClientOrderId = name } : order)];
            }
        }

        foreach (var venueId in execution.OrdersShortOf(trades, told))
        {
            trades = trades.AddRange(await venue.GetTradesOfOrderAsync(instrument, venueId, _ending.Token));
        }

        var known = execution.Corrections.ToHashSet(ReferenceEqualityComparer.Instance);
        var settled = execution.Reconcile(new VenueView(askedAt, open, asked.ToImmutable(), trades), ArrivalMax());
        await StoreAndDeliver();
        foreach (var correction in execution.Corrections.Where(correction => !known.Contains(correction)))
        {
            LogCorrection(logger, portfolio, instrument, correction.Kind, correction.Reason);
        }

        foreach (var order in execution.OrdersBeingCanceled.Where(o => told.Any(t => t.IsOpen && t.VenueOrderId == o.VenueOrderId)))
        {
            _ = Run(SendCancelAsync(order.Intent.ClientOrderId));
        }

        return settled ? null : new Unsettled($"not settled with the venue: {string.Join(", ", execution.Questions.Take(QuestionsNamed))}", HasAnswers: true);
    }

    /// <param name="Words">What does not agree.</param>
    /// <param name="HasAnswers">The venue answered all: asking again will hardly help.</param>
    private sealed record Unsettled(string Words, bool HasAnswers);
}
