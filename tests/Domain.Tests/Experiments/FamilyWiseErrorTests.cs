using BtcAgent.Domain.Experiments;

namespace BtcAgent.Domain.Tests.Experiments;

public sealed class FamilyWiseErrorTests
{
    /// <summary>0.01 ≤ 0.05/4, 0.013 ≤ 0.05/3, 0.03 &gt; 0.05/2: the last two are not significant.</summary>
    [Fact]
    public void Holm_FourTests_StepsDownToTheFirstThatFails() =>
        Assert.Equal([false, true, false, true], FamilyWiseError.Holm([0.04, 0.013, 0.03, 0.01], 0.05));

    [Fact]
    public void Holm_NotANumber_IsNotSignificant() => Assert.Equal([false, true], FamilyWiseError.Holm([double.NaN, 0.02], 0.05));

    [Fact]
    public void Holm_RandomFamilies_RejectsAllThatBonferroniDoes()
    {
        var random = new Random(1);
        for (var family = 0; family < 200; family++)
        {
            double[] pValues = [.. Enumerable.Range(0, 5).Select(_ => random.NextDouble() * 0.1)];
            var holm = FamilyWiseError.Holm(pValues, 0.05);
            Assert.All(pValues, (p, i) => Assert.True(p > FamilyWiseError.Bonferroni(0.05, 5) || holm[i]));
        }
    }

    /// <summary>Two thousand families of five true nulls: one or more false rejections in at most 5 %.</summary>
    [Fact]
    public void Holm_TrueNulls_KeepsTheErrorOfTheFamily()
    {
        var random = new Random(2);
        var wrong = Enumerable.Range(0, 2_000).Count(_ => FamilyWiseError.Holm([.. Enumerable.Range(0, 5).Select(_ => random.NextDouble())], 0.05).Contains(true));

        Assert.InRange(wrong / 2_000.0, 0.03, 0.062);
    }

    [Fact]
    public void Bonferroni_NoTests_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => FamilyWiseError.Bonferroni(0.05, 0));
}
