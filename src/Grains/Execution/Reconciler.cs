using System.Collections.Immutable;
using BtcAgent.Domain.Execution.Live;
using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Domain.Orders;

namespace BtcAgent.Grains.Execution;

/// <summary>
/// Compares orders and balances with the venue's records on request, until nothing is in doubt; a doubt that persists halts
/// the portfolio (<see cref="ReconciliationPace"/>).
/// </summary>
internal sealed partial class Reconciler(
    LiveWork work, LiveOrders orders, VenueAgreement agreement, OrderSender sender, AccountComparison account, StopGuard stop)
{
    /// <summary>
    /// Orders named when a comparison leaves questions; <see cref="LiveExecution.Doubts"/> and the orders contain all.
    /// </summary>
    private const int QuestionsNamed = 5;

    /// <summary>Runs until the activation ends.</summary>
    public async Task RunAsync()
    {
        await Task.Yield(); // Lets the caller's turn finish first: it may be an activation.
        while (true)
        {
            await agreement.WhenAskedAsync(work.Ending);
            await UntilAgreedAsync();
        }
    }

    private async Task UntilAgreedAsync()
    {
        var pace = new ReconciliationPace(work.Options.FirstRetry, work.Options.UnsettledMax);
        while (true)
        {
            agreement.Begin();
            var unsettled = await CompareAsync();
            if (unsettled is null && !agreement.IsAsked)
            {
                agreement.Agree(work.Now);
                work.Host.Works();
                orders.Execution!.SettleDoubts();
                await orders.StoreAsync();
                await stop.FollowAsync();
                if (!agreement.IsAsked)
                {
                    return;
                }
            }

            if (unsettled is not null)
            {
                agreement.Differ(unsettled.Words);
                LogInDoubt(work.Logger, work.Host.Portfolio, work.Host.Instrument, unsettled.Words);
                if (pace.MustHalt(unsettled))
                {
                    await work.Host.HaltAsync($"RECONCILIATION: {unsettled.Words}");
                }
            }

            await work.DelayAsync(pace.Next(unsettled));
        }
    }

    /// <returns>Null when all agree; else the difference.</returns>
    private async Task<Unsettled?> CompareAsync()
    {
        try
        {
            if (await work.Host.GetRulesAsync() is not { } rules)
            {
                return new Unsettled("the instrument's rules are not known yet", HasAnswers: false);
            }

            var execution = orders.Load(rules);
            return await account.OpenAsync(execution) ?? await CompareOrdersAsync(execution) ?? await account.CompareAsync(execution, rules);
        }
        catch (ExecutionVenueException e)
        {
            return new Unsettled($"the venue does not answer: {e.Message}", HasAnswers: false);
        }
        catch (FormatException e)
        {
            if (orders.Execution is { } execution)
            {
                execution.Unreadable($"an answer of the venue cannot be read: {e.Message}", e.ToString(), work.Now);
                await orders.StoreAndDeliverAsync();
            }

            return new Unsettled($"the venue's answer cannot be read: {e.Message}", HasAnswers: true);
        }
    }

    private async Task<Unsettled?> CompareOrdersAsync(LiveExecution execution)
    {
        var (venue, instrument) = (work.Venue, work.Host.Instrument);
        var askedAt = work.Now;
        var open = await venue.GetOpenOrdersAsync(instrument, work.Ending);
        var asked = ImmutableDictionary.CreateBuilder<string, VenueOrder?>(StringComparer.Ordinal);
        foreach (var question in execution.OrdersToAskFor(open))
        {
            asked[question.Id] = question.VenueOrderId is { } venueId
                ? await venue.FindOrderByVenueIdAsync(instrument, venueId, work.Ending)
                : await venue.FindOrderAsync(instrument, question.Name, work.Ending);
        }

        var trades = await venue.GetTradesAsync(instrument, execution.NextTradeId, work.Ending);
        var reported = open.AddRange(asked.Values.OfType<VenueOrder>());
        foreach (var venueId in execution.UnknownOrdersOf(trades, reported))
        {
            if (await venue.FindOrderByVenueIdAsync(instrument, venueId, work.Ending) is { } order)
            {
                (open, reported) = (open.Add(order), reported.Add(order));
            }
        }

        foreach (var venueId in execution.OrdersToTrace(reported))
        {
            if (await venue.FindFirstNameAsync(instrument, venueId, work.Ending) is { } name)
            {
                (open, reported) = (Named(open), Named(reported));
                ImmutableArray<VenueOrder> Named(ImmutableArray<VenueOrder> listed) =>
                    [.. listed.Select(order => order.VenueOrderId == venueId ? order with { FormerClientOrderId = name } : order)];
            }
        }

        foreach (var venueId in execution.OrdersShortOf(trades, reported))
        {
            trades = trades.AddRange(await venue.GetTradesOfOrderAsync(instrument, venueId, work.Ending));
        }

        return await ApplyAsync(execution, new VenueView(askedAt, open, asked.ToImmutable(), trades), reported);
    }

    private async Task<Unsettled?> ApplyAsync(LiveExecution execution, VenueView view, ImmutableArray<VenueOrder> reported)
    {
        var known = execution.Corrections.ToHashSet(ReferenceEqualityComparer.Instance);
        var isSettled = execution.Reconcile(view, ArrivalMax());
        await orders.StoreAndDeliverAsync();
        foreach (var correction in execution.Corrections.Where(correction => !known.Contains(correction)))
        {
            LogCorrection(work.Logger, work.Host.Portfolio, work.Host.Instrument, correction.Kind, correction.Reason);
        }

        foreach (var order in execution.OrdersBeingCanceled.Where(o => reported.Any(t => t.IsOpen && t.VenueOrderId == o.VenueOrderId)))
        {
            sender.StartCancel(order.Intent.ClientOrderId);
        }

        return isSettled ? null
            : new Unsettled($"not settled with the venue: {string.Join(", ", execution.Questions.Take(QuestionsNamed))}", HasAnswers: true);
    }

    /// <summary>An order sent before a restart may have left as late as its lifetime allowed.</summary>
    private TimeSpan ArrivalMax() => work.Venue.RequestLifetime
        + (orders.WereOpen && !agreement.ReconciledAt.IsKnown ? work.Options.IntentLifetime : TimeSpan.Zero);
}
