using BtcAgent.Research.Leakage;
using BtcAgent.Research.Optimization.Reports;
using BtcAgent.Research.Optimization.Samplers;
using BtcAgent.Research.Optimization.Searches;
using BtcAgent.Research.Optimization.Studies;
using BtcAgent.Research.Tests.Verdicts;

namespace BtcAgent.Research.Tests.Optimization.Searches;

/// <summary>Whole searches over planted histories: trials, winner, untouched window, model, page.</summary>
public sealed class ForestSearchTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("search-").FullName;

    [Fact]
    public void Run_PlantedEdge_PassesAndTrainsAModelWithItsLineage()
    {
        var cancel = TestContext.Current.CancellationToken;
        var data = PlantedSearch.Data(new PlantedHistory { Seed = 3, Minutes = 90 * PlantedSearch.MinutesOfDay, EdgeBps = 8 * PowerStudy.FeeBps });
        var plan = PlanOf(trials: 8);
        var outcome = new ForestSearch(data, plan, new TpeSampler(), Openings()).Run(null, cancel);

        Assert.True(outcome.Passes, outcome.Headline);
        Assert.True(outcome.Evidence!.Untouched!.RoundTrips >= 30);
        var model = WinnerTraining.Run(data, plan, outcome, "planted", LookAheadReport.LivePipeline, null, cancel);
        var lineage = model.Artefact!.Manifest.Lineage;
        Assert.Equal(outcome.Id, lineage["search"]);
        Assert.Equal(outcome.DataHash, lineage["search_data_hash"]);
        Assert.Equal(outcome.Winner!.Point.ToString(), lineage["search_settings"]);
        Assert.Equal("2024-01-01T00:01:00Z", lineage["data_from"]);

        // The same winner looks again: still one look. Another search of the same time is the second.
        var window = outcome.Evidence.Untouched;
        Assert.Equal(1, Openings().Open(Market.Btc, window.From, window.To, outcome.Id, outcome.Winner.Point.ToString()));
        Assert.Equal(2, Openings().Open(Market.Btc, window.From, window.To, "another", "point"));

        var page = SearchReport.Render(new SearchReportContent(plan, outcome, "planted"));
        Assert.Contains("<p class=\"verdict good\">It passes", page, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.Equal(page, SearchReport.Render(new SearchReportContent(plan, outcome, "planted")));
    }

    [Fact]
    public void Run_RandomWalk_TrainsNothingAndSaysWhy()
    {
        var data = PlantedSearch.Data(new PlantedHistory { Seed = 4, Minutes = 60 * PlantedSearch.MinutesOfDay });
        var plan = PlanOf(trials: 8);
        var outcome = new ForestSearch(data, plan, new RandomSampler(), Openings()).Run(null, TestContext.Current.CancellationToken);

        Assert.False(outcome.Passes);
        Assert.StartsWith("No model is written. ", outcome.Headline, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() =>
            WinnerTraining.Run(data, plan, outcome, "planted", LookAheadReport.LivePipeline, null, CancellationToken.None));
        Assert.Contains("verdict bad", SearchReport.Render(new SearchReportContent(plan, outcome, "planted")), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_DamagedFile_NamesTheLine()
    {
        var path = Path.Combine(_folder, UntouchedOpenings.FileName);
        File.WriteAllText(path, "{\"Instrument\":\n");

        var error = Assert.Throws<InvalidDataException>(() => Openings().Open(Market.Btc, Market.At(0), Market.At(9), "a", "b"));
        Assert.Contains("line 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_LastLineIsTorn_ReplacesIt()
    {
        var openings = Openings();
        Assert.Equal(1, openings.Open(Market.Btc, Market.At(0), Market.At(9), "a", "b"));
        File.AppendAllText(Path.Combine(_folder, UntouchedOpenings.FileName), "{\"Instr");

        Assert.Equal(2, openings.Open(Market.Btc, Market.At(5), Market.At(20), "c", "d"));
        Assert.Equal(1, openings.Open(Market.Btc, Market.At(30), Market.At(40), "e", "f"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private UntouchedOpenings Openings() => new(Path.Combine(_folder, UntouchedOpenings.FileName), TimeProvider.System);

    private static SearchPlan PlanOf(int trials) => new()
    {
        Space = PlantedSearch.Space,
        Defaults = PlantedSearch.Settings(),
        Study = new StudyOptions { Trials = trials, Jobs = 2 },
    };
}
