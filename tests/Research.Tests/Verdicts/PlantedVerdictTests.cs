using BtcAgent.Domain.Models;
using BtcAgent.Research.Reports;

namespace BtcAgent.Research.Tests.Verdicts;

/// <summary>Complete trainings of planted truths get the right verdict in figures, page and JSON.</summary>
public sealed class PlantedVerdictTests
{
    private const int Minutes = 60 * 24 * 60;

    [Fact]
    public void Train_LabelInAFeature_LeaksHoweverMuchItEarns()
    {
        var run = PowerStudy.Train(
            new PlantedHistory { Seed = 5, Minutes = Minutes, Leaks = true }, PowerStudy.FeeBps, TestContext.Current.CancellationToken);

        Assert.True(run.OutOfSample.FinalCash > 1.2m * run.OutOfSample.InitialCash, $"earned {run.OutOfSample.FinalCash}");
        Assert.Equal(VerdictState.Leaks, run.Verdict!.State);
        var page = HtmlReport.Render(ReportContent.Of(run));
        var body = page[page.IndexOf("<body>", StringComparison.Ordinal)..];
        Assert.StartsWith("<body>\n<p class=\"verdict bad\">LEAK", body, StringComparison.Ordinal);
        Assert.DoesNotContain("survives costs", page, StringComparison.Ordinal);
        using var json = System.Text.Json.JsonDocument.Parse(JsonReport.Render(ReportContent.Of(run)));
        var verdict = json.RootElement.GetProperty("verdict");
        Assert.False(verdict.GetProperty("survives").GetBoolean());
        Assert.Equal("leaks", verdict.GetProperty("state").GetString());
        Assert.Equal("LEAKAGE", verdict.GetProperty("reasons")[0].GetProperty("code").GetString());
    }

    [Fact]
    public void Train_WalkWithFees_DoesNotSurvive()
    {
        var run = PowerStudy.Train(
            new PlantedHistory { Seed = 6, Minutes = Minutes }, PowerStudy.FeeBps, TestContext.Current.CancellationToken);

        Assert.False(run.Verdict!.Survives, run.Verdict.Headline());
    }
}
