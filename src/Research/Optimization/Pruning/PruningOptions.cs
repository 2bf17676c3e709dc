using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace BtcAgent.Research.Optimization.Pruning;

/// <summary>When <see cref="FoldPruner"/> stops a trial.</summary>
public sealed record PruningOptions
{
    /// <summary>False runs all folds of all trials. Default true.</summary>
    public bool IsOn { get; init; } = true;

    /// <summary>
    /// Greatest probability that a trial as good as the best one is stopped, over all looks together. Default 0.1.
    /// </summary>
    [Range(0.0001, 0.5)]
    public double Level { get; init; } = 0.1;

    /// <summary>Fewest folds before the first look. Default 2.</summary>
    [Range(1, 1_000)]
    public int FoldsMin { get; init; } = 2;

    /// <summary>The settings in one line; part of a search's identity.</summary>
    public string Description => IsOn
        ? string.Create(CultureInfo.InvariantCulture, $"signed-rank level={Level:R} folds-min={FoldsMin}")
        : "none";

    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    internal void Check() => DeclaredRanges.Check(this);
}
