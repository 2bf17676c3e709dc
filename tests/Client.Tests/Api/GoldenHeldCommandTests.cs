using System.Text.Json;
using BtcAgent.Client.Api;
using BtcAgent.Domain.Models;
using BtcAgent.Testing;

namespace BtcAgent.Client.Tests.Api;

/// <summary>Fields of held commands as they are stored until a second person confirms.</summary>
public sealed class GoldenHeldCommandTests
{
    [Fact]
    public void Fields_OfALimit_HaveTheGoldenForm()
    {
        var held = HeldCommand.OfLimit("main", "MaxOpenOrders", 50, 60.5m);
        GoldenFile.Check("LimitFields.json", held.Fields);
        Assert.Equal(new HeldCommand.LimitFields("main", "MaxOpenOrders", 60.5m), JsonSerializer.Deserialize<HeldCommand.LimitFields>(held.Fields));
        Assert.Equal("loosen MaxOpenOrders of main from 50 to 60.5", held.Summary);
    }

    [Fact]
    public void Fields_OfAModel_HaveTheGoldenForm()
    {
        var held = HeldCommand.OfModel("m1", ModelStage.Champion, realMoney: true, new VerdictOverride("Ada", "a trial"));
        GoldenFile.Check("ModelFields.json", held.Fields);
        Assert.Equal(
            new HeldCommand.ModelFields("m1", ModelStage.Champion, "Ada", "a trial"), JsonSerializer.Deserialize<HeldCommand.ModelFields>(held.Fields));
    }

    [Fact]
    public void Fields_OfAResume_HaveTheGoldenForm()
    {
        var held = HeldCommand.OfResume("main");
        GoldenFile.Check("ResumeFields.json", held.Fields);
        Assert.Equal(new HeldCommand.ResumeFields("main"), JsonSerializer.Deserialize<HeldCommand.ResumeFields>(held.Fields));
    }

    [Fact]
    public void Fields_OfAnExperiment_HaveTheGoldenForm()
    {
        var held = HeldCommand.OfExperiment("ab-1", "m1");
        GoldenFile.Check("ExperimentFields.json", held.Fields);
        Assert.Equal(new HeldCommand.ExperimentFields("ab-1"), JsonSerializer.Deserialize<HeldCommand.ExperimentFields>(held.Fields));
    }
}
