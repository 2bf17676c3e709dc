using System.Text.Json;
using BtcAgent.Domain.Experiments;
using BtcAgent.Testing;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace BtcAgent.Domain.Tests.Experiments;

/// <summary>An experiment that was stored continues as if it had not been.</summary>
public sealed class ExperimentStateTests
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private static readonly Serializer Codec =
        new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<Serializer>();

    [Theory]
    [InlineData(60)]
    [InlineData(null)]
    public void Close_RestoredEveryDay_MakesTheSameMoves(int? horizon)
    {
        var plan = ExperimentFixture.Plan with { HorizonDays = horizon };
        var (kept, json, wire) = (ExperimentFixture.Begin(plan), ExperimentFixture.Begin(plan), ExperimentFixture.Begin(plan));
        while (kept.IsRunning)
        {
            var day = ExperimentFixture.Day(kept, 0.0015);
            (kept, json, wire) = (kept.Close(day), Stored(json.Close(day)), Sent(wire.Close(day)));
            Assert.Equal(Text(kept), Text(json));
            Assert.Equal(Text(kept), Text(wire));
        }

        Assert.Equal(ExperimentOutcome.Promoted, kept.Outcome);
    }

    [Fact]
    public void Experiment_InFull_HasTheGoldenShape()
    {
        var specimen = new Specimen(Timestamp.FromUnixMilliseconds(1_795_910_400_123)).Of(typeof(Experiment));

        GoldenFile.Check("Experiment.json", JsonSerializer.Serialize(specimen, Json));
        Assert.Equal(JsonSerializer.Serialize(specimen, Json), Text(Stored((Experiment)specimen)));
    }

    private static Experiment Stored(Experiment experiment) => JsonSerializer.Deserialize<Experiment>(Text(experiment), Json)!;

    private static Experiment Sent(Experiment experiment) => Codec.Deserialize<Experiment>(Codec.SerializeToArray(experiment))!;

    private static string Text(Experiment experiment) => JsonSerializer.Serialize(experiment, Json);
}
