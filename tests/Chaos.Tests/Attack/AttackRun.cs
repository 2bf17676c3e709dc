namespace BtcAgent.Chaos.Tests.Attack;

/// <summary>One attack, which runs until told to stop and keeps its tally.</summary>
internal sealed record AttackRun(AttackTally Tally, Func<AttackTally, CancellationToken, Task> Run);
