using System.Text.Json;
using BtcAgent.Research.Replays;

namespace BtcAgent.Research.Tests.Replays;

public sealed class StepImageTests
{
    /// <summary>Differences that a JSON record cannot express are ignored.</summary>
    [Fact]
    public void Compare_DecimalThatWasInJson_IsEqual()
    {
        foreach (var value in new[] { -0.00000000m, 0m, 1.00m, -1e-28m, decimal.MaxValue })
        {
            Assert.Equal(StepOutcome.Equal, Compare(JsonSerializer.Deserialize<decimal>(JsonSerializer.Serialize(value)), value));
        }
    }

    [Theory]
    [InlineData("1.0", "1.00")]
    [InlineData("0", "0.0")]
    [InlineData("-1", "1")]
    public void Compare_OtherBytes_Part(string recorded, string replayed) => Assert.Equal(
        StepOutcome.Diverges,
        Compare(JsonSerializer.Deserialize<decimal>(recorded), JsonSerializer.Deserialize<decimal>(replayed)));

    /// <summary>The decision is the same when a later version words its explanation differently.</summary>
    [Fact]
    public void Compare_OtherWording_IsEqualWithARemark()
    {
        var result = Worded("2 features are unknown").Compare("signal", Worded("unknown: 2 features"));

        Assert.Equal(StepOutcome.Equal, result.Outcome);
        Assert.Equal("LOW_CONFIDENCE detail: recorded \"2 features are unknown\", this version writes \"unknown: 2 features\"", result.Remark);
        Assert.Null(Worded("same").Compare("signal", Worded("same")).Remark);
    }

    private static StepImage Worded(string detail)
    {
        var image = Image(1);
        image.AddWording("LOW_CONFIDENCE detail", detail);
        return image;
    }

    private static StepOutcome Compare(decimal recorded, decimal replayed) => Image(recorded).Compare("step", Image(replayed)).Outcome;

    private static StepImage Image(decimal value)
    {
        var image = new StepImage();
        image.Add("value", value);
        return image;
    }
}
