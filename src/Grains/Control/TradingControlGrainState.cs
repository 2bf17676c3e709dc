using System.Collections.Immutable;

namespace BtcAgent.Grains.Control;

/// <summary>The last commands of operators.</summary>
public sealed class TradingControlGrainState
{
    /// <summary>Newest last, at most a hundred.</summary>
    public ImmutableArray<OperatorCommand> Commands { get; set; } = [];
}
