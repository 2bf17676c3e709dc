using System.Collections.Immutable;
using System.Text.Json;
using BtcAgent.Contracts.Features;
using BtcAgent.Contracts.Measurement;
using BtcAgent.Contracts.Portfolios;
using BtcAgent.Contracts.Settings;
using BtcAgent.Domain.Features;
using BtcAgent.Grains.Feeds;
using BtcAgent.History;
using BtcAgent.Silo.Journals;
using BtcAgent.Silo.Settings;
using Microsoft.Extensions.Options;

namespace BtcAgent.Silo.Runs;

/// <summary>Waits for the tapes to end, writes the summary and stops the process.</summary>
internal sealed class ReplayRun(
    FeedCompletion completion,
    IGrainFactory grains,
    ReplayJournal journal,
    ILatencyBoard latencies,
    IOptions<AgentOptions> agent,
    AgentSettings settings,
    RunResult result,
    TimeProvider time,
    IEnumerable<SinkHost> sinks,
    IHostApplicationLifetime lifetime) : BackgroundService
{
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = time.GetTimestamp();
        try
        {
            await lifetime.WaitUntilStartedAsync(stoppingToken);
            await completion.Completed.WaitAsync(stoppingToken);
            if (sinks.SingleOrDefault() is { } kept)
            {
                await kept.WhenTakenAsync(stoppingToken);
            }

            var summary = await SummarizeAsync();
            Print(summary, time.GetElapsedTime(started));
            if (summary.FeatureVectors == 0)
            {
                result.Fail(FormattableString.Invariant(
                    $"the tapes gave no sample: {summary.Trades} trades and {summary.DepthUpdates} depth updates of {string.Join(", ", agent.Value.Instruments)}, {summary.FramesRefused} frames refused; name their instrument in Agent:Instruments, or give other tapes"));
            }

            if (settings.SummaryFile is { } file)
            {
                await WriteAsync(file, summary, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            Console.WriteLine("Replay interrupted: no summary written.");
        }
        catch (Exception e)
        {
            result.Fail(e.Message);
        }
        finally
        {
            lifetime.StopApplication();
        }
    }

    private async Task<RunSummary> SummarizeAsync()
    {
        var counters = new List<PipelineCounters>();
        foreach (var instrument in agent.Value.Instruments)
        {
            counters.Add((await grains.GetGrain<IFeatureGrain>(instrument).WaitFor(0, 0)).Counters);
        }

        var equity = 0m;
        var fills = 0L;
        foreach (var portfolio in agent.Value.Portfolios)
        {
            var snapshot = await grains.GetGrain<IPortfolioGrain>(portfolio.Id).GetSnapshot();
            equity += snapshot.Equity;
            fills += snapshot.FillCount;
        }

        return new RunSummary
        {
            Trades = counters.Sum(c => c.Trades),
            DepthUpdates = counters.Sum(c => c.DepthUpdates),
            BookGaps = counters.Sum(c => c.BookGaps),
            TopMatches = counters.Sum(c => c.TopMatches),
            TopComparable = counters.Sum(c => c.TopComparable),
            FeatureVectors = counters.Sum(c => c.Samples),
            Signals = journal.ValidSignals,
            Decisions = journal.Decisions,
            Orders = journal.Orders,
            Fills = fills,
            FinalEquity = equity,
            DecisionsHash = journal.Hash,
            FramesRefused = completion.FramesRefused,
            Latency = latencies.Read().Where(l => l.Count > 0).ToImmutableSortedDictionary(
                l => JsonNamingPolicy.CamelCase.ConvertName(l.Stage.ToString()),
                l => new StageLatency(l.P50Ms, l.P99Ms, l.Count)),
        };
    }

    private static async Task WriteAsync(string file, RunSummary summary, CancellationToken cancellationToken)
    {
        var unfinished = file + ".part";
        await File.WriteAllTextAsync(unfinished, JsonSerializer.Serialize(summary, Json) + "\n", cancellationToken);
        File.Move(unfinished, file, overwrite: true);
    }

    private static void Print(RunSummary summary, TimeSpan elapsed)
    {
        Console.WriteLine(FormattableString.Invariant($"""

            Replay done in {elapsed.TotalSeconds:F1} s
              market     {summary.Trades:N0} trades, {summary.DepthUpdates:N0} depth updates, {summary.FramesRefused:N0} frames refused
              book       {summary.BookGaps} gaps, top agreed {summary.TopMatches:N0} of {summary.TopComparable:N0}
              decisions  {summary.Decisions:N0} from {summary.FeatureVectors:N0} samples, {summary.Signals:N0} valid signals
              trading    {summary.Orders:N0} orders, {summary.Fills:N0} fills, equity {summary.FinalEquity:F2}
              hash       {summary.DecisionsHash}
            """));
        foreach (var (stage, latency) in summary.Latency)
        {
            Console.WriteLine(FormattableString.Invariant(
                $"  latency    {stage,-18} p50 {latency.P50Ms:F3} ms  p99 {latency.P99Ms:F3} ms  ({latency.Count:N0})"));
        }
    }
}
