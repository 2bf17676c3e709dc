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
/// Registers the model of a finished job. Every step is harmless when it is repeated after a crash: the registry knows the artefact,
/// and the move has the job's id.
/// </summary>
internal sealed partial class ModelIntake(
    IGrainFactory grains, IServiceProvider services, IOptions<RetrainingOptions> options, ILogger<ModelIntake> logger)
{
    /// <returns>How the job ended.</returns>
    /// <exception cref="ModelRefusedException">The result is damaged, and was discarded: the job must be tried again.</exception>
    public async Task<TrainingOutcome> TakeAsync(TrainingJob job, TrainerFolder folder, CancellationToken cancellationToken)
    {
        TrainerResult result;
        ModelArtefact artefact;
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

        var registry = grains.GetGrain<IModelRegistryGrain>(IModelRegistryGrain.Key);
        var answer = await registry.Register([.. artefact.ToZip()], job.Strategy);
        if (answer.Entry is not { } entry)
        {
            return new TrainingOutcome(TrainingJobState.Failed, $"the registry refused the model: {answer.Refusal}", Verdict: result.Verdict, Data: result.Data);
        }

        var stage = job.Request.Trigger == TrainingTrigger.Starter ? ModelStage.Shadow : options.Value.RegisterAs;
        if (stage == ModelStage.Shadow && entry.Stage == ModelStage.Candidate && entry.Moves.IsEmpty)
        {
            entry = await MoveAsync(registry, entry, job) ?? entry;
        }

        await BackUpAsync(artefact, report, cancellationToken);
        return new TrainingOutcome(TrainingJobState.Succeeded, result.Headline, entry.Id, entry.Stage, result.Verdict, result.Data);
    }

    private async Task<ModelEntry?> MoveAsync(IModelRegistryGrain registry, ModelEntry entry, TrainingJob job)
    {
        var before = CommandOperation.Current;
        CommandOperation.Current = $"{job.Id}-shadow";
        try
        {
            var moved = await registry.Move(entry.Id, ModelStage.Shadow, job.Request.By, $"{job.Id}: {job.Request.Reason}");
            if (moved.Refusal is { } refusal)
            {
                LogNotMoved(logger, entry.Id, refusal);
            }

            return moved.Entry;
        }
        finally
        {
            CommandOperation.Current = before;
        }
    }

    /// <summary>Writes model and report to the store of the backups, which is not a condition of the job.</summary>
    private async Task BackUpAsync(ModelArtefact artefact, byte[] report, CancellationToken cancellationToken)
    {
        if (services.GetService<BackupPlace>() is not { } place)
        {
            return;
        }

        try
        {
            await PutAsync("model.zip", artefact.ToZip());
            await PutAsync("report.html", report);
        }
        catch (ObjectStoreException e)
        {
            LogNotBackedUp(logger, artefact.Id, place.Store.Place, e.Message);
        }

        async Task PutAsync(string name, byte[] bytes)
        {
            using var content = new MemoryStream(bytes);
            await place.Store.PutAsync($"models/{artefact.Id}/{name}", content, PutCondition.None, cancellationToken);
        }
    }

    [LoggerMessage(EventId = 1243, Level = LogLevel.Warning, Message = "Model {Model} remains a candidate: {Reason}")]
    private static partial void LogNotMoved(ILogger logger, string model, string reason);

    [LoggerMessage(EventId = 1244, Level = LogLevel.Error, Message = "Model {Model} was not written to {Place}: {Problem}")]
    private static partial void LogNotBackedUp(ILogger logger, string model, string place, string problem);
}
