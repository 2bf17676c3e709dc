namespace BtcAgent.Chaos.Tests.Outside;

/// <summary>Plan of the stranger's actions. The same seed gives the same plan.</summary>
internal sealed class StrangerPlan
{
    private const int OrdersPerAct = 4;

    /// <summary>Actions that the agent can see only in the venue's records afterwards.</summary>
    private static readonly StrangerAct[] WhileDead = [StrangerAct.Amend, StrangerAct.Reuse, StrangerAct.Amend, StrangerAct.Expire];

    private readonly Queue<(int AfterOrder, StrangerAct Act)> _acts = new();
    private readonly Queue<StrangerAct> _again = new();
    private int _deaths;

    public StrangerPlan(DrillOptions options)
    {
        var random = new Random(options.Seed ^ 0x57a4);
        var kinds = Enum.GetValues<StrangerAct>();
        for (var i = 0; i * OrdersPerAct < options.Orders; i++)
        {
            _acts.Enqueue(((i * OrdersPerAct) + random.Next(OrdersPerAct), kinds[i % kinds.Length]));
        }
    }

    /// <summary>Returns the action that is due after the given number of requested orders; null when none is.</summary>
    public StrangerAct? Due(int orders)
    {
        if (_acts.TryPeek(out var next) && next.AfterOrder <= orders)
        {
            return _acts.Dequeue().Act;
        }

        return _again.TryDequeue(out var again) ? again : null;
    }

    /// <summary>Actions between the agent's death and its next start.</summary>
    public StrangerAct NextWhileDead() => WhileDead[_deaths++ % WhileDead.Length];

    /// <summary>There was no suitable order: repeat it once nothing else is due.</summary>
    public void Again(StrangerAct act) => _again.Enqueue(act);
}
