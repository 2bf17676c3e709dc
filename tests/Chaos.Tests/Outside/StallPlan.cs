namespace BtcAgent.Chaos.Tests.Outside;

/// <summary>Plan of stalls with times and durations. The same seed gives the same plan.</summary>
internal sealed class StallPlan
{
    private const int SpanMsMin = 200;

    private const int SpanMsMax = 3_000;

    /// <summary>Every twelfth stall affects the store for longer than the five seconds after which a write fails.</summary>
    private const int LongEvery = 12;
    private const int FirstLong = 4;
    private const int LongSpanMs = 6_500;

    private const int OrdersPerStall = 40;
    private readonly Queue<(int AfterOrder, Stall Stall)> _stalls = new();
    private readonly Queue<Stall> _again = new();

    public StallPlan(DrillOptions options)
    {
        var random = new Random(options.Seed ^ 0x57a11);
        var kinds = Enum.GetValues<StallKind>();
        var count = Math.Max(kinds.Length, options.Orders / OrdersPerStall);
        for (var i = 0; i < count; i++)
        {
            // Short ones are more likely; half begin with the order's request, the others while it is in flight.
            var share = random.NextDouble();
            var after = random.Next(2) == 0 ? 0 : random.Next(1, 25);
            var span = i % LongEvery == FirstLong ? LongSpanMs : SpanMsMin + ((SpanMsMax - SpanMsMin) * share * share);
            _stalls.Enqueue(((int)((long)options.Orders * i / count) + 1, new Stall(
                kinds[i % kinds.Length],
                TimeSpan.FromMilliseconds(after),
                TimeSpan.FromMilliseconds(span))));
        }
    }

    /// <summary>Returns the stall that is due after the given number of requested orders; null when none is.</summary>
    public Stall? Due(int orders)
    {
        if (_again.TryDequeue(out var again))
        {
            return again;
        }

        return _stalls.TryPeek(out var next) && next.AfterOrder <= orders ? _stalls.Dequeue().Stall : null;
    }

    /// <summary>It affected no order: repeat it with the next one.</summary>
    public void Again(Stall stall) => _again.Enqueue(stall);
}
