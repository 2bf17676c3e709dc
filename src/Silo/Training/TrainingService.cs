using System.Globalization;
using BtcAgent.Contracts.Instruments;
using BtcAgent.Contracts.Models;
using BtcAgent.Contracts.Retraining;
using BtcAgent.Contracts.Settings;
using BtcAgent.Domain.Models;
using BtcAgent.Domain.Retraining;
using BtcAgent.Exchanges.Simulator.Settings;
using BtcAgent.Grains.Feeds;
using BtcAgent.History;
using BtcAgent.History.Files;
using BtcAgent.Silo.Facts;
using BtcAgent.Silo.Settings;
using BtcAgent.Storage.Objects;
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
        do
        {
            await ObserveAsync();
            if (await Optimizer.Take(worker) is { } job)
            {
                await WorkAsync(job, worker, cancellationToken);
                DeleteOldFolders((await Optimizer.GetStatus()).Jobs.Where(kept => !kept.HasEnded).Select(kept => kept.Id).ToHashSet());
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
            var attempt = folder.IsDone ? null : await TrainAsync(job, worker, folder, cancellationToken);
            if (cancellationToken.IsCancellationRequested)
            {
                LogInterrupted(logger, job.Id, job.Strategy);
                await Optimizer.Release(job.Id, worker, Stopped);
                return;
            }

            outcome = attempt ?? await intake.TakeAsync(job, folder, cancellationToken);
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

    /// <returns>Null when the model is ready; otherwise how the attempt ended.</returns>
    private async Task<TrainingOutcome?> TrainAsync(TrainingJob job, string worker, TrainerFolder folder, CancellationToken cancellationToken)
    {
        using var process = new TrainerProcess(folder.FullPath, options.Value, time);
        LogStarted(logger, job.Id, job.Strategy, job.Attempts, process.Id);
        var isCancelled = false;
        TrainingProgress? reported = null;
        var end = await process.WaitAsync(LookAsync, cancellationToken);
        if (isCancelled)
        {
            return new TrainingOutcome(TrainingJobState.Interrupted, end.Describe());
        }

        if (end.Failed is { } failed)
        {
            return new TrainingOutcome(TrainingJobState.Failed, failed);
        }

        if (folder.IsDone)
        {
            return null;
        }

        if (!cancellationToken.IsCancellationRequested)
        {
            LogLost(logger, job.Id, job.Strategy, job.Attempts, options.Value.AttemptsMax, end.Describe());
        }

        return new TrainingOutcome(TrainingJobState.Interrupted, end.Describe());

        async Task<bool> LookAsync()
        {
            await ObserveAsync();
            var progress = process.Progress ?? new TrainingProgress("starting", 0);
            if (progress == reported && (await Optimizer.GetStatus()).Jobs.First(known => known.Id == job.Id).CancelledBy is null)
            {
                return false;
            }

            var answer = await Optimizer.Report(job.Id, worker, reported = progress);
            isCancelled = answer.Refusal is not null || answer.Job?.CancelledBy is not null;
            return isCancelled;
        }
    }

    private TrainerFolder Prepare(TrainingJob job)
    {
        var folder = new TrainerFolder(Path.Combine(_root, job.Id));
        folder.WriteJob(new TrainerJob
        {
            Id = job.Id,
            Request = job.Request,
            Features = agent.Value.Features,
            HistoryFolder = HistoryFolder() is { } history ? Path.GetFullPath(history) : null,
            Venue = Venue(),
            Threads = options.Value.Threads,
            ReaderMb = Math.Max(64, options.Value.MemoryMb / 4),
        });
        return folder;
    }

    private string? HistoryFolder()
    {
        var parquet = services.GetRequiredService<IOptions<ParquetOptions>>().Value;
        return parquet.Enabled && parquet.Store.Kind == ObjectStoreKind.Folder && services.GetRequiredService<IOptions<HistoryOptions>>().Value.Enabled
            ? parquet.Store.Path ?? SinkServices.HistoryOf(settings)
            : null;
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

    /// <summary>Keeps the files of waiting jobs and of the newest ended ones.</summary>
    private void DeleteOldFolders(HashSet<string> waiting)
    {
        if (!Directory.Exists(_root))
        {
            return;
        }

        var ended = Directory.GetDirectories(_root, "train-*")
            .Where(path => !waiting.Contains(Path.GetFileName(path)))
            .OrderByDescending(path => int.TryParse(Path.GetFileName(path)["train-".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1);
        foreach (var path in ended.Skip(options.Value.FoldersKept))
        {
            Directory.Delete(path, recursive: true);
        }
    }
}
