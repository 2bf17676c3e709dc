using System.Collections.Immutable;

namespace BtcAgent.Grains.Control;

/// <summary>The last commands of operators.</summary>
public sealed class TradingControlGrainState
{
    /// <summary>Newest last, at most 100.</summary>
    public ImmutableArray<OperatorCommand> Commands { get; set; } = [];

    /// <summary>True after an operator has armed live trading.</summary>
    public bool IsArmed { get; set; }
}
