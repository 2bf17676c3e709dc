using BtcAgent.Domain.Idempotency;

namespace BtcAgent.Grains.Idempotency;

/// <summary>Commands with their answers.</summary>
public sealed class CommandRecordsGrainState
{
    public CommandBook Book { get; set; } = CommandBook.Empty;
}
