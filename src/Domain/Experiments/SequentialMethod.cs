namespace BtcAgent.Domain.Experiments;

/// <summary>The test by which a challenger is compared while its days come in.</summary>
public enum SequentialMethod : byte
{
    /// <summary>With a horizon: a fixed number of looks, <see cref="GroupSequential"/>.</summary>
    GroupSequential = 1,

    /// <summary>Without a horizon: a look every day, <see cref="Statistics.NormalMixture"/>.</summary>
    ConfidenceSequence = 2,
}
