using System.Text.Json;
using BtcAgent.Silo.Runs;
using BtcAgent.Testing;

namespace BtcAgent.Silo.Tests.Runs;

/// <summary>The summary of a replay, which scripts read.</summary>
public sealed class GoldenSummaryTests
{
    [Fact]
    public void Summary_InFull_HasTheGoldenShape() =>
        GoldenFile.Check("RunSummary.json", JsonSerializer.Serialize(new Specimen().Of(typeof(RunSummary)), ReplayRun.Json));
}
