using BtcAgent.Contracts.Idempotency;
using BtcAgent.Contracts.Models;
using BtcAgent.Contracts.Settings;
using BtcAgent.Domain.Models;
using BtcAgent.Domain.Retraining;
using BtcAgent.Models.LightGbm.Artefacts;
using BtcAgent.Silo.Backups;
using BtcAgent.Storage.Objects;
using Microsoft.Extensions.Options;

namespace BtcAgent.Silo.Training;

/// <summary>
/// Registers the model of a finished job, or says that a search found none. Every step is harmless when it is repeated after a crash, and for two workers of one job: the
/// registry registers one model of a job and moves it once.
/// </summary>
internal sealed partial class ModelIntake(
    IGrainFactory grains, IServiceProvider services, IOptions<RetrainingOptions> options, ILogger<ModelIntake> logger)
{
    /// <returns>How the job ended.</returns>
    /// <exception cref="ModelRefusedException">The result is damaged, and was discarded: the job must be tried again.</exception>
    public async Task<TrainingOutcome> TakeAsync(TrainingJob job, TrainerFolder folder, CancellationToken cancellationToken)
    {
        TrainerResult result;
        ModelArtefact? artefact;
        byte[] report;
        try
        {
            (result, artefact, report) = folder.ReadDone();
        }
        catch (ModelRefusedException)
        {
            folder.Discard();
            throw;
        }

        if (artefact is null)
        {
            await BackUpAsync($"searches/{result.Findings!.Search}", [("report.html", report)], cancellationToken);
            return new TrainingOutcome(TrainingJobState.NothingFound, result.Headline, Data: result.Data, Findings: result.Findings);
        }

        var registry = grains.GetGrain<IModelRegistryGrain>(IModelRegistryGrain.Key);
        var answer = await AsOperationAsync($"{job.Id}-model", () => registry.Register([.. artefact.ToZip()], job.Strategy));
        if (answer.Entry is not { } entry)
        {
            return new TrainingOutcome(TrainingJobState.Failed, $"the registry refused the model: {answer.Refusal}", Verdict: result.Verdict, Data: result.Data, Findings: result.Findings);
        }

        var stage = job.Request.Trigger == TrainingTrigger.Starter ? ModelStage.Shadow : options.Value.RegisterAs;
        if (stage == ModelStage.Shadow && entry.Stage == ModelStage.Candidate && entry.Moves.IsEmpty)
        {
            entry = await MoveAsync(registry, entry, job) ?? entry;
        }

        if (entry.Id != artefact.Id)
        {
            // The holder of an expired lease was faster, and its data or its time were others.
            return new TrainingOutcome(
                TrainingJobState.Succeeded, $"another worker of this job has registered model {entry.Id}; this attempt's model {artefact.Id} was left out",
                entry.Id, entry.Stage, entry.Description.Verdict?.State);
        }

        await BackUpAsync($"models/{artefact.Id}", [("model.zip", artefact.ToZip()), ("report.html", report)], cancellationToken);
        return new TrainingOutcome(TrainingJobState.Succeeded, result.Headline, entry.Id, entry.Stage, result.Verdict, result.Data, result.Findings);
    }

    private async Task<ModelEntry?> MoveAsync(IModelRegistryGrain registry, ModelEntry entry, TrainingJob job)
    {
        var moved = await AsOperationAsync(
            $"{job.Id}-shadow", () => registry.Move(entry.Id, ModelStage.Shadow, job.Request.By, $"{job.Id}: {job.Request.Reason}"));
        if (moved.Refusal is { } refusal)
        {
            LogNotMoved(logger, entry.Id, refusal);
        }

        return moved.Entry;
    }

    /// <summary>Makes a call that the registry carries out once for a job, whichever worker asks.</summary>
    private static async Task<RegistryAnswer> AsOperationAsync(string operation, Func<Task<RegistryAnswer>> call)
    {
        var before = CommandOperation.Current;
        CommandOperation.Current = operation;
        try
        {
            return await call();
        }
        finally
        {
            CommandOperation.Current = before;
        }
    }

    /// <summary>Writes model and report to the store of the backups, which is not a condition of the job.</summary>
    private async Task BackUpAsync(string folder, (string Name, byte[] Bytes)[] files, CancellationToken cancellationToken)
    {
        if (services.GetService<ReportStore>() is not { } place)
        {
            return;
        }

        try
        {
            foreach (var (name, bytes) in files)
            {
                using var content = new MemoryStream(bytes);
                await place.Store.PutAsync($"{folder}/{name}", content, PutCondition.None, cancellationToken);
            }
        }
        catch (ObjectStoreException e)
        {
            LogNotBackedUp(logger, folder, place.Store.Place, e.Message);
        }
    }

    [LoggerMessage(EventId = 1243, Level = LogLevel.Warning, Message = "Model {Model} remains a candidate: {Reason}")]
    private static partial void LogNotMoved(ILogger logger, string model, string reason);

    [LoggerMessage(EventId = 1244, Level = LogLevel.Error, Message = "The files of {Folder} were not written to {Place}: {Problem}")]
    private static partial void LogNotBackedUp(ILogger logger, string folder, string place, string problem);
}
