using BtcAgent.Contracts.Settings;

namespace BtcAgent.Grains.Tests.Retraining;

public sealed class RetrainingOptionsValidatorTests
{
    [Fact]
    public void Validate_SearchLongerThanItsTrainer_SaysWhatToSet()
    {
        var options = new RetrainingOptions { MinutesMax = 60, Search = new SearchOptions { Minutes = 60 } };

        var failure = Assert.Single(new RetrainingOptionsValidator().Validate(null, options).Failures!);

        Assert.StartsWith("Retraining:Search:Minutes is 60, and a trainer is ended after 60 min: set it below Retraining:MinutesMax", failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1, 0.2)]
    [InlineData(10_001, 0.2)]
    [InlineData(0, 0.01)]
    public void Validate_OutOfRange_NamesTheSetting(int trials, double untouched)
    {
        var options = new RetrainingOptions { Search = new SearchOptions { Trials = trials, UntouchedShare = untouched } };

        Assert.Contains("Retraining:Search", Assert.Single(new RetrainingOptionsValidator().Validate(null, options).Failures!), StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_Defaults_Holds()
    {
        var options = new RetrainingOptions();

        Assert.True(new RetrainingOptionsValidator().Validate(null, options).Succeeded);
        Assert.Null(options.Search.Of(trials: null));
    }
}
