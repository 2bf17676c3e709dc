using BtcAgent.Domain.Trading;

namespace BtcAgent.Cli.Replays;

/// <summary>A decision and where its topic holds it.</summary>
internal sealed record LoggedDecision(Decision Decision, int Partition, long Offset);
