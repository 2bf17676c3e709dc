using BtcAgent.Domain.Execution.Desk;
using BtcAgent.Domain.Execution.Live;

namespace BtcAgent.Grains.Execution;

/// <summary>
/// Keeps a <see cref="ProtectiveStop"/> in line with the position, one pass per comparison, where one is configured.
/// </summary>
internal sealed class StopGuard(LiveWork work, LiveOrders orders, OrderSender sender, SendFence fence)
{
    public async Task FollowAsync()
    {
        if (work.Options.ProtectiveStopBps is not { } distance || await work.Host.GetRulesAsync() is not { } rules)
        {
            return;
        }

        var stop = new ProtectiveStop(work.Host.Portfolio, rules, distance);
        var position = (await work.Host.GetBooksAsync()).Position(work.Host.Instrument);
        var step = stop.Next(position, orders.Open);
        if (step.Action == ProtectiveAction.MakeWay)
        {
            await sender.MakeWayAsync("the position has changed");
            position = (await work.Host.GetBooksAsync()).Position(work.Host.Instrument); // The stop may have sold meanwhile.
            step = stop.Next(position, orders.OpenToTrade);
        }

        if (step.Action != ProtectiveAction.Place)
        {
            return;
        }

        // Read before the check whether trading is stopped: a later halt starts another epoch.
        var terms = new SendTerms(fence.Epoch, work.Now + work.Options.IntentLifetime);
        if (await work.Host.WhyStoppedAsync() is null)
        {
            await sender.SubmitAsync(stop.IntentOf(step, work.Now), terms, closes: false);
        }
    }
}
