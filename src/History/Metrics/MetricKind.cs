namespace BtcAgent.History.Metrics;

/// <summary>How an instrument's values are summarised.</summary>
internal enum MetricKind
{
    /// <summary>A counter: the total since the start.</summary>
    Sum,

    /// <summary>A histogram: count, sum, extremes and quantiles of the interval.</summary>
    Distribution,

    /// <summary>A gauge: the last value.</summary>
    Last,
}
