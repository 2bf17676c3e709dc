using BtcAgent.Domain.Experiments;
using BtcAgent.Domain.Idempotency;

namespace BtcAgent.Grains.Experiments;

/// <summary>Experiments of all strategies.</summary>
public sealed class ExperimentsGrainState
{
    public ExperimentBook Book { get; set; } = ExperimentBook.Empty;

    /// <summary>Commands that the book contains; the result is the id of the experiment.</summary>
    public OperationLedger Operations { get; set; } = OperationLedger.Empty;
}
