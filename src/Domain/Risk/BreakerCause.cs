namespace BtcAgent.Domain.Risk;

/// <summary>What moved the breaker to where it is; decides what may move it back.</summary>
public enum BreakerCause
{
    /// <summary>A command: an operator's, or the agent's own after a doubt. Only an operator moves it back.</summary>
    Command,

    /// <summary>A breaker on the agent's health, until all of them are back.</summary>
    Health,

    /// <summary>The day's loss, until the next UTC day.</summary>
    DailyLoss,

    /// <summary>The week's loss, until the next UTC week.</summary>
    WeeklyLoss,

    /// <summary>Losing closes in a row, until the cool-off is over.</summary>
    LosingStreak,

    /// <summary>The drawdown. Only an operator moves it back.</summary>
    Drawdown,

    /// <summary>What had moved it is over.</summary>
    Recovery,
}
