using BtcAgent.Exchanges.Simulator.Faults;

namespace BtcAgent.Chaos.Tests;

/// <summary>Plan of kills: after which order, and at which step of an order's path. The same seed gives the same plan.</summary>
internal sealed class KillPlan
{
    private readonly Queue<(int AfterOrder, OrderStep? Step, int DelayMs)> _kills = new();

    public KillPlan(DrillOptions options)
    {
        var random = new Random(options.Seed);
        var steps = Enum.GetValues<OrderStep>();
        for (var i = 0; i < options.Kills; i++)
        {
            // Every step of the venue in turn, and between them a moment on the agent's clock.
            var venueStep = i % (steps.Length + 2);
            _kills.Enqueue((
                (int)((long)options.Orders * (i + 1) / (options.Kills + 1)),
                venueStep < steps.Length ? steps[venueStep] : null,
                random.Next(0, 25)));
        }
    }

    /// <summary>Returns the kill that is due after the given number of requested orders; null when none is.</summary>
    public (OrderStep? Step, int DelayMs)? Due(int orders)
    {
        if (_kills.Count == 0 || _kills.Peek().AfterOrder > orders)
        {
            return null;
        }

        var (_, step, delayMs) = _kills.Dequeue();
        return (step, delayMs);
    }
}
