using BtcAgent.Research.Datasets;
using BtcAgent.Research.Weights;
using CsCheck;

namespace BtcAgent.Research.Tests.Weights;

public sealed class UniquenessWeightsTests
{
    [Fact]
    public void Of_LabelsThatDontOverlap_IsOne()
    {
        var rows = Market.Rows([1, 2, 3], [1, 1, 1]);

        Assert.Equal([1, 1, 1], UniquenessWeights.Of(rows, Labels([2, 3, 4], [true, true, true])));
    }

    [Fact]
    public void Of_RandomLabels_EqualsTheMatrixOfConcurrency() =>
        Gen.Select(Gen.Double[0.2, 6].Array[2, 40], Gen.Bool.Array[40]).Sample((lengths, known) =>
        {
            var minutes = Enumerable.Range(0, lengths.Length).Select(i => (double)i).ToArray();
            var ends = minutes.Zip(lengths, (m, l) => m + l).ToArray();
            var actual = UniquenessWeights.Of(Market.Rows(minutes, [.. minutes.Select(_ => 1.0)]), Labels(ends, known[..ends.Length]));
            bool Open(int label, int at) => known[label] && at > label && at <= ends[label];
            for (var i = 0; i < ends.Length; i++)
            {
                var shares = Enumerable.Range(0, ends.Length).Where(t => Open(i, t))
                    .Select(t => 1.0 / Enumerable.Range(0, ends.Length).Count(j => Open(j, t))).DefaultIfEmpty(1).Average();
                Assert.Equal(known[i] ? shares : 0, actual[i], 9);
            }
        }, iter: 200);

    private static LabelSet Labels(double[] ends, bool[] known) => new(
        "test", 0, known, new sbyte[ends.Length], new float[ends.Length], [.. ends.Select(Market.At)]);
}
