namespace BtcAgent.Domain.Risk;

/// <summary>Cause of the breaker's current mode; it determines how the breaker is released.</summary>
public enum BreakerCause
{
    /// <summary>A command by an operator, or by the agent after a doubt. Only an operator moves it back.</summary>
    Command,

    /// <summary>A breaker on the agent's health, until all of them have recovered.</summary>
    Health,

    /// <summary>The daily loss, until the next UTC day.</summary>
    DailyLoss,

    /// <summary>The weekly loss, until the next UTC week.</summary>
    WeeklyLoss,

    /// <summary>A losing streak, until the cool-off ends.</summary>
    LosingStreak,

    /// <summary>The drawdown. Only an operator moves it back.</summary>
    Drawdown,

    /// <summary>The end of an earlier cause.</summary>
    Recovery,
}
