using BtcAgent.Contracts.Settings;
using BtcAgent.Domain.Retraining;
using BtcAgent.History;
using BtcAgent.History.Files;
using BtcAgent.History.Queries;
using BtcAgent.Silo.Facts;
using BtcAgent.Silo.Settings;
using BtcAgent.Storage.Objects;
using Microsoft.Extensions.Options;

namespace BtcAgent.Silo.Training;

/// <summary>
/// The history that jobs train on. One in a bucket is copied to the job's folder as far as the job needs it: a trainer has neither a
/// network nor the bucket's secret.
/// </summary>
internal sealed class TrainingHistory(
    IOptions<HistoryOptions> history, IOptions<ParquetOptions> parquet, IOptions<RetrainingOptions> options, AgentSettings settings, TimeProvider time)
{
    private const long BytesPerMb = 1_048_576;

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    private bool IsKept => history.Value.Enabled && parquet.Value.Enabled;

    private bool IsInBucket => IsKept && parquet.Value.Store.Kind == ObjectStoreKind.S3;

    /// <summary>Folder that a job's trainer reads; null when no history is kept.</summary>
    public string? FolderFor(TrainerFolder folder) => !IsKept ? null
        : IsInBucket ? folder.HistoryPath
        : Path.GetFullPath(parquet.Value.Store.Path ?? SinkServices.HistoryOf(settings));

    /// <summary>Copies what the job needs and its folder does not have.</summary>
    /// <param name="request">The job's request.</param>
    /// <param name="folder">Its folder.</param>
    /// <param name="look">Called about every half second with the progress; true ends copying.</param>
    /// <param name="cancellationToken">Ends copying.</param>
    /// <returns>Null when the trainer can begin; otherwise how the attempt ended.</returns>
    /// <exception cref="TrainingFailedException">The job cannot succeed; the message says why.</exception>
    public async Task<TrainingOutcome?> FetchAsync(
        TrainingRequest request, TrainerFolder folder, Func<TrainingProgress, Task<bool>> look, CancellationToken cancellationToken)
    {
        if (!IsInBucket || request.Window.Kind != TrainingDataKind.History || folder.IsPrepared)
        {
            return null;
        }

        using var tooLong = new CancellationTokenSource(TimeSpan.FromMinutes(options.Value.MinutesMax), time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, tooLong.Token);
        try
        {
            await CopyAsync(request, folder, look, end);
            return null;
        }
        catch (OperationCanceledException) when (tooLong.IsCancellationRequested)
        {
            throw new TrainingFailedException(FormattableString.Invariant(
                $"copying the history took longer than {options.Value.MinutesMax} min: raise Retraining:MinutesMax, or shorten Retraining:WindowDays"));
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            return new TrainingOutcome(TrainingJobState.Interrupted, "copying the history was ended");
        }
        catch (ObjectStoreException e) when (e.IsTransient)
        {
            return new TrainingOutcome(TrainingJobState.Interrupted, e.Message);
        }
        catch (Exception e) when (e is ObjectStoreException or HistoryException)
        {
            throw new TrainingFailedException(e.Message, e);
        }
    }

    private async Task CopyAsync(TrainingRequest request, TrainerFolder folder, Func<TrainingProgress, Task<bool>> look, CancellationTokenSource end)
    {
        using var store = ObjectStores.Open(parquet.Value.Store, folder.HistoryPath);
        var share = new Share();
        var copy = new SampleCopy(store, folder.HistoryPath, options.Value.HistoryMb * BytesPerMb);
        var copying = Task.Run(() => copy.MakeAsync(request.Instrument, request.Window.From, request.Window.To, share, end.Token), CancellationToken.None);
        try
        {
            while (await Task.WhenAny(copying, Task.Delay(LookEvery, time, CancellationToken.None)) != copying)
            {
                if (!end.IsCancellationRequested && await look(new TrainingProgress("copying the history from its bucket", share.Latest)))
                {
                    await end.CancelAsync();
                }
            }
        }
        finally
        {
            if (!copying.IsCompleted)
            {
                await end.CancelAsync();
            }

            await copying;
        }
    }

    private sealed class Share : IProgress<double>
    {
        private double _latest;

        public double Latest => Volatile.Read(ref _latest);

        public void Report(double value) => Volatile.Write(ref _latest, value);
    }
}
