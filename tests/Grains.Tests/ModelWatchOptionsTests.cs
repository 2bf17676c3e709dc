using BtcAgent.Contracts.Settings;
using Microsoft.Extensions.Configuration;

namespace BtcAgent.Grains.Tests;

public sealed class ModelWatchOptionsTests
{
    [Fact]
    public void Bind_EachPartOfTheSection_IsRead()
    {
        var options = Bind(("ParityEvery", "7"), ("Drift:RowsMin", "50"), ("Drift:AlarmShare", "0.25"));

        Assert.Equal((7, 50, 0.25, 168), (options.ParityEvery, options.Drift.RowsMin, options.Drift.AlarmShare, options.Drift.WindowHours));
        Assert.True(new ModelWatchOptionsValidator().Validate(null, options).Succeeded);
    }

    [Theory]
    [InlineData("ScoreMsMax", "0", "ModelWatch:ScoreMsMax")]
    [InlineData("Drift:Blocks", "1", "ModelWatch:Drift:Blocks")]
    [InlineData("Drift:WarnPsi", "0.3", "WarnPsi is 0.3, above AlarmPsi, 0.2")]
    public void Validate_OutOfRange_NamesTheSetting(string name, string value, string expected)
    {
        var result = new ModelWatchOptionsValidator().Validate(null, Bind((name, value)));

        Assert.Contains(expected, result.FailureMessage, StringComparison.Ordinal);
    }

    private static ModelWatchOptions Bind(params (string Name, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => new KeyValuePair<string, string?>($"{ModelWatchOptions.Section}:{setting.Name}", setting.Value)))
        .Build().GetSection(ModelWatchOptions.Section).Get<ModelWatchOptions>()!;
}
