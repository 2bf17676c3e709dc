using System.Globalization;
using BtcAgent.Contracts.Instruments;
using BtcAgent.Contracts.Models;
using BtcAgent.Contracts.Retraining;
using BtcAgent.Contracts.Settings;
using BtcAgent.Domain.Models;
using BtcAgent.Domain.Retraining;
using BtcAgent.Exchanges.Simulator.Settings;
using BtcAgent.Grains.Feeds;
using BtcAgent.Silo.Settings;
using Microsoft.Extensions.Options;

namespace BtcAgent.Silo.Training;

/// <summary>
/// Runs the training jobs, one at a time in a separate process, while this silo holds the lease; and reports market time and models
/// to the optimizer. Trading does not wait for anything here.
/// </summary>
internal sealed partial class TrainingService(
    IGrainFactory grains,
    LeaseHolder holder,
    ModelIntake intake,
    TrainingHistory history,
    IOptions<RetrainingOptions> options,
    IOptions<AgentOptions> agent,
    IServiceProvider services,
    AgentSettings settings,
    TimeProvider time,
    ILogger<TrainingService> logger)
{
    private const string Stopped = "the agent stopped";

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan ObserveEvery = TimeSpan.FromSeconds(5);

    private readonly string _root = Path.Combine(settings.DataFolder, "training");
    private long? _observedAt;

    private IOptimizerGrain Optimizer => grains.GetGrain<IOptimizerGrain>(IOptimizerGrain.Key);

    /// <param name="epoch">Epoch of the lease.</param>
    /// <param name="cancellationToken">The lease is lost, or the agent stops.</param>
    public async Task RunAsync(long epoch, CancellationToken cancellationToken)
    {
        var worker = string.Create(CultureInfo.InvariantCulture, $"{holder.Name}/{epoch}");
        using var timer = new PeriodicTimer(LookEvery, time);
        await DeleteOldFoldersAsync();
        do
        {
            await ObserveAsync();
            cancellationToken.ThrowIfCancellationRequested();
            if (await Optimizer.Take(worker) is { } job)
            {
                await WorkAsync(job, worker, cancellationToken);
                await DeleteOldFoldersAsync();
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    private async Task WorkAsync(TrainingJob job, string worker, CancellationToken cancellationToken)
    {
        TrainingOutcome outcome;
        try
        {
            var folder = Prepare(job);
            var attempt = folder.IsDone ? null : await AttemptAsync(job, worker, folder, cancellationToken);
            if (cancellationToken.IsCancellationRequested)
            {
                LogInterrupted(logger, job.Id, job.Strategy);
                await Optimizer.Release(job.Id, worker, Stopped);
                return;
            }

            outcome = attempt ?? await WhyNotTakenAsync(job, worker) ?? await intake.TakeAsync(job, folder, cancellationToken);
        }
        catch (TrainingFailedException e)
        {
            outcome = new TrainingOutcome(TrainingJobState.Failed, e.Message);
        }
        catch (Exception e) when (e is ModelRefusedException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            LogDamaged(logger, job.Id, e.Message);
            outcome = new TrainingOutcome(TrainingJobState.Interrupted, e.Message);
        }

        await Optimizer.Finish(job.Id, worker, outcome);
    }

    /// <summary>Asks for the job once more before its model is registered: the holder of an expired lease may have slept through a cancel.</summary>
    private async Task<TrainingOutcome?> WhyNotTakenAsync(TrainingJob job, string worker)
    {
        var report = new AttemptReport(Optimizer, job.Id, worker, logger);
        await report.SendAsync(new TrainingProgress("registering the model", 1));
        return report.Reason is { } reason ? new TrainingOutcome(TrainingJobState.Interrupted, reason) : null;
    }

    /// <returns>Null when the model is ready; otherwise how the attempt ended.</returns>
    private async Task<TrainingOutcome?> AttemptAsync(TrainingJob job, string worker, TrainerFolder folder, CancellationToken cancellationToken)
    {
        var report = new AttemptReport(Optimizer, job.Id, worker, logger);
        var ended = await history.FetchAsync(job.Request, folder, LookAsync, cancellationToken) ?? await TrainAsync(job, folder, LookAsync, cancellationToken);
        if (ended is { State: TrainingJobState.Interrupted } && report.Reason is null && !cancellationToken.IsCancellationRequested)
        {
            LogLost(logger, job.Id, job.Strategy, job.Attempts, options.Value.AttemptsMax, ended.Reason);
        }

        return report.Reason is { } reason ? new TrainingOutcome(TrainingJobState.Interrupted, ended?.Reason ?? reason) : ended;

        async Task<bool> LookAsync(TrainingProgress progress)
        {
            await ObserveAsync();
            return await report.SendAsync(progress);
        }
    }

    private async Task<TrainingOutcome?> TrainAsync(
        TrainingJob job, TrainerFolder folder, Func<TrainingProgress, Task<bool>> look, CancellationToken cancellationToken)
    {
        using var process = new TrainerProcess(folder.FullPath, options.Value, time);
        LogStarted(logger, job.Id, job.Strategy, job.Attempts, process.Id);
        var end = await process.WaitAsync(() => look(process.Progress ?? new TrainingProgress("starting", 0)), cancellationToken);
        return end.Failed is { } failed ? new TrainingOutcome(TrainingJobState.Failed, failed)
            : folder.IsDone ? null
            : new TrainingOutcome(TrainingJobState.Interrupted, end.Describe());
    }

    private TrainerFolder FolderOf(TrainingJob job) => new(Path.Combine(_root, job.Id));

    private TrainerFolder Prepare(TrainingJob job)
    {
        var folder = FolderOf(job);
        folder.WriteJob(new TrainerJob
        {
            Id = job.Id,
            Request = job.Request,
            Features = agent.Value.Features,
            HistoryFolder = history.FolderFor(folder),
            Venue = Venue(),
            Threads = options.Value.Threads,
            ReaderMb = Math.Max(64, options.Value.MemoryMb / 4),
        });
        return folder;
    }

    /// <summary>The venue's options without its accounts, whose keys a trainer does not need.</summary>
    private SimulatorOptions? Venue() =>
        settings.Venue == VenueKind.Simulator ? services.GetRequiredService<IOptions<SimulatorOptions>>().Value.WithoutAccounts() : null;

    private async Task ObserveAsync()
    {
        if (_observedAt is { } at && time.GetElapsedTime(at) < ObserveEvery)
        {
            return;
        }

        _observedAt = time.GetTimestamp();
        try
        {
            var models = await grains.GetGrain<IModelRegistryGrain>(IModelRegistryGrain.Key).List();
            var seen = new List<StrategyObservation>();
            foreach (var strategy in agent.Value.Strategies.DistinctBy(strategy => strategy.Name))
            {
                var market = await grains.GetGrain<IInstrumentGrain>(strategy.Instrument).GetSnapshot(0);
                seen.Add(new StrategyObservation(
                    strategy.Name,
                    market.Health.LastEventTime,
                    models.Where(model => model.Strategy == strategy.Name && model.Stage != ModelStage.Retired)
                        .Select(model => model.Description.TrainedTo).DefaultIfEmpty().Max()));
            }

            await Optimizer.Observe([.. seen]);
        }
        catch (Exception e) when (e is TimeoutException or OrleansException or IOException)
        {
            LogNotObserved(logger, e.Message);
        }
    }

    /// <summary>Keeps the files of waiting jobs, and those of the newest ended ones without the copy of the history, however they ended.</summary>
    private async Task DeleteOldFoldersAsync()
    {
        if (!Directory.Exists(_root))
        {
            return;
        }

        var waiting = (await Optimizer.GetStatus()).Jobs.Where(kept => !kept.HasEnded).Select(kept => kept.Id).ToHashSet();
        var ended = Directory.GetDirectories(_root, "train-*")
            .Where(path => !waiting.Contains(Path.GetFileName(path)))
            .OrderByDescending(path => int.TryParse(Path.GetFileName(path)["train-".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1)
            .ToList();
        foreach (var path in ended.Skip(options.Value.FoldersKept))
        {
            Directory.Delete(path, recursive: true);
        }

        foreach (var path in ended.Take(options.Value.FoldersKept))
        {
            new TrainerFolder(path).DeleteHistory();
        }
    }
}
