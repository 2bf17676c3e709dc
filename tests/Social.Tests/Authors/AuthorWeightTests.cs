using BtcAgent.Social.Authors;

namespace BtcAgent.Social.Tests.Authors;

public sealed class AuthorWeightTests
{
    [Theory]
    [InlineData(0.0, 0.0, 0.0, 1.0, 0.2, 0.2, 1.0, 1.0)]
    [InlineData(999.0, 365.0, 50.0, 0.5, 0.5, 1.0, 1.0, 0.5)]
    [InlineData(1e9, 5000.0, 500.0, 0.0, 1.0, 1.0, 0.1, 0.1)]
    [InlineData(-1.0, double.NaN, double.PositiveInfinity, -0.1, 0.5, 0.5, 0.5, 0.5)]
    public void Of_Figures_AreBounded(double followers, double age, double rate, double unique, params double[] expected)
    {
        var factors = AuthorWeight.Of(new(followers, age, rate, unique));

        Assert.Equal(["author.followers", "author.age", "author.rate", "author.unique"], factors.Select(factor => factor.Name));
        Assert.All(factors.Zip(expected), pair => Assert.Equal(pair.Second, pair.First.Value, 6));
    }

    [Fact]
    public void Of_UnknownAuthor_CountsHalfForEach() =>
        Assert.All(AuthorWeight.Of(new(null, null, null, null)), factor => Assert.Equal((0.5, "unknown"), (factor.Value, factor.Reason)));

    [Fact]
    public void Of_RandomFigures_StayBetweenATenthAndOne()
    {
        var random = new Random(11);
        for (var i = 0; i < 2_000; i++)
        {
            var scale = Math.Pow(10, random.Next(-300, 300));
            var author = new AuthorFacts(random.NextDouble() * scale, random.NextDouble() * scale, random.NextDouble() * scale, random.NextDouble() * scale);

            Assert.All(AuthorWeight.Of(author), factor => Assert.InRange(factor.Value, 0.1, 1));
        }
    }
}
