using BtcAgent.Domain.Features;
using BtcAgent.Research.Optimization.Objectives;
using BtcAgent.Silo.Training;

namespace BtcAgent.Silo.Tests.Training;

public sealed class SampleSpaceTests
{
    [Theory]
    [InlineData(100, 3_000, 36_000)]
    [InlineData(1_000, 300, 3_600)]
    [InlineData(60_000, 5, 60)]
    [InlineData(86_400_000, 1, 12)]
    public void Of_AnyInterval_HasHorizonsOfMinutesAndKnownParameters(int intervalMs, int shortest, int longest)
    {
        var schema = FeatureSchema.Create(new FeatureOptions { SampleIntervalMs = intervalMs });

        var space = SampleSpace.Of([.. schema.Definitions.Select(feature => feature.Name)], intervalMs);

        ForestSettings.Check(space);
        var horizon = Assert.IsType<Research.Optimization.Spaces.IntegerParameter>(space["horizon"]);
        Assert.Equal((shortest, longest), (horizon.Low, horizon.High));
        Assert.Contains(space.Parameters, parameter => parameter.Name == "use_book");
        Assert.Contains(space.Parameters, parameter => parameter.Name == "use_flow");
    }
}
