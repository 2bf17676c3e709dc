using System.Collections.Immutable;
using BtcAgent.Models.LightGbm.Native;

namespace BtcAgent.Research.Validation;

/// <summary>Rows to train on and rows to judge on; no training label reaches into the test rows or their embargo.</summary>
/// <param name="Train">In order of time.</param>
/// <param name="Test">In order of time.</param>
public sealed record Fold(ImmutableArray<RowRange> Train, ImmutableArray<RowRange> Test)
{
    public int TrainRows => Train.Sum(r => r.Count);

    public int TestRows => Test.Sum(r => r.Count);
}
