namespace BtcAgent.Chaos.Tests.Attack;

/// <summary>One attack, which runs until cancelled and counts its attempts.</summary>
internal sealed record AttackRun(AttackTally Tally, Func<AttackTally, CancellationToken, Task> Run);
