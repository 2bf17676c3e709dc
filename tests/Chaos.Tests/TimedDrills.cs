namespace BtcAgent.Chaos.Tests;

/// <summary>
/// Drills with limits on time. They run one after another, after all others: a limit on a recovery holds for an agent that has the
/// machine, and another drill would start several agents on it.
/// </summary>
[CollectionDefinition(nameof(TimedDrills), DisableParallelization = true)]
public sealed class TimedDrills;
