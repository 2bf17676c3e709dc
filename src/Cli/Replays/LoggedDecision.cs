using BtcAgent.Domain.Trading;

namespace BtcAgent.Cli.Replays;

/// <summary>A decision and its offset in the topic.</summary>
internal sealed record LoggedDecision(Decision Decision, int Partition, long Offset);
