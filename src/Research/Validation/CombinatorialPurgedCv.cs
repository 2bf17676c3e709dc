using System.Collections.Immutable;
using BtcAgent.Research.Datasets;

namespace BtcAgent.Research.Validation;

/// <summary>
/// Every choice of k test groups among N groups of consecutive rows, so that each row is judged many times, on as many
/// paths through the whole time. Source: López de Prado, Advances in Financial Machine Learning, 2018, ch. 12.
/// </summary>
public sealed class CombinatorialPurgedCv
{
    private const int MaxSplits = 10_000;

    private readonly int _groups;
    private readonly TimeSpan _embargo;
    private readonly List<int[]> _choices = [];

    /// <param name="groups">N, 2…30.</param>
    /// <param name="testGroups">k, 1…N − 1; at most 10,000 choices.</param>
    /// <param name="embargo">Time after each test group that is not learned from; at least 0.</param>
    public CombinatorialPurgedCv(int groups, int testGroups, TimeSpan embargo)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(groups, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(groups, 30);
        ArgumentOutOfRangeException.ThrowIfLessThan(testGroups, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(testGroups, groups);
        ArgumentOutOfRangeException.ThrowIfLessThan(embargo, TimeSpan.Zero);
        (_groups, _embargo) = (groups, embargo);
        Choose([], 0, testGroups);
        Paths = MakePaths();
    }

    /// <summary>Number of folds: N over k.</summary>
    public int Splits => _choices.Count;

    /// <summary>
    /// Per path and group the number of the fold whose test of that group belongs to the path. Paths: k/N of the splits.
    /// </summary>
    public ImmutableArray<ImmutableArray<int>> Paths { get; }

    /// <exception cref="ArgumentException">So few rows that a fold has nothing to learn from or a group is empty.</exception>
    public IReadOnlyList<Fold> Split(FeatureDataset rows, LabelSet labels)
    {
        if (rows.Rows < _groups)
        {
            throw new ArgumentException($"{rows.Rows} rows are too few for {_groups} groups", nameof(rows));
        }

        var purging = new Purging(rows, labels);
        return [.. _choices.Select((choice, number) =>
        {
            ImmutableArray<RowRange> tests = [.. choice.Select(g => new RowRange(Edge(g), Edge(g + 1)))];
            var train = purging.TrainAround(tests, _embargo);
            return train.IsEmpty
                ? throw new ArgumentException($"split {number} has no rows to learn from: {rows.Rows} rows are too few")
                : new Fold(number, train, tests);
        })];

        int Edge(int group) => (int)((long)rows.Rows * group / _groups);
    }

    private void Choose(ImmutableArray<int> chosen, int next, int missing)
    {
        if (missing == 0)
        {
            if (_choices.Count == MaxSplits)
            {
                throw new ArgumentException($"more than {MaxSplits} choices of test groups: take fewer groups");
            }

            _choices.Add([.. chosen]);
            return;
        }

        for (var group = next; group <= _groups - missing; group++)
        {
            Choose(chosen.Add(group), group + 1, missing - 1);
        }
    }

    private ImmutableArray<ImmutableArray<int>> MakePaths()
    {
        var byGroup = Enumerable.Range(0, _groups)
            .Select(g => Enumerable.Range(0, _choices.Count).Where(s => _choices[s].Contains(g)).ToArray()).ToArray();
        return [.. Enumerable.Range(0, byGroup[0].Length).Select(p => byGroup.Select(splits => splits[p]).ToImmutableArray())];
    }
}
