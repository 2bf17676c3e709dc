using BtcAgent.Domain;
using BtcAgent.Domain.Models;
using BtcAgent.Domain.Retraining;
using BtcAgent.Silo.Tests.Roles;
using BtcAgent.Silo.Training;
using Microsoft.Extensions.DependencyInjection;

namespace BtcAgent.Silo.Tests.Training;

/// <summary>The last step of a job, taken more than once.</summary>
public sealed class ModelIntakeTests : IDisposable
{
    private readonly TrainerRuns _runs = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _runs.Dispose();

    /// <summary>Two workers of one job, of which one has lost its lease, with different models; then the first again, as after a crash.</summary>
    [Fact]
    public async Task Take_TwoModelsOfOneJob_RegistersTheFirst()
    {
        var (first, second) = (await TrainedAsync("first", seed: 1), await TrainedAsync("second", seed: 2));
        var data = Path.Combine(_runs.FullName, "data");
        await using var agent = await RunningAgent.StartAsync(data, [new("StarterModel:Enabled", "false"), new("Logging:LogLevel:Default", "None")]);
        var intake = agent.Services.GetRequiredService<ModelIntake>();
        var job = new TrainingJob { Id = "train-7", Request = first.ReadJob().Request, State = TrainingJobState.Running, QueuedAt = Timestamp.FromUnixMilliseconds(1) };

        var taken = await intake.TakeAsync(job, first, Cancelled);
        var late = await intake.TakeAsync(job, second, Cancelled);
        var again = await intake.TakeAsync(job, first, Cancelled);

        Assert.Equal(first.ReadDone().Result.ModelId, taken.ModelId);
        Assert.NotEqual(taken.ModelId, second.ReadDone().Result.ModelId);
        Assert.Equal((TrainingJobState.Succeeded, taken.ModelId, ModelStage.Shadow), (late.State, late.ModelId, late.Stage));
        Assert.Contains("this attempt's model", late.Reason, StringComparison.Ordinal);
        Assert.Equal(taken, again);
        var model = Assert.Single((await agent.GetAsync("/api/v1/models")).EnumerateArray()).GetProperty("model");
        Assert.Equal(taken.ModelId, model.GetProperty("id").GetString());
        Assert.Single(model.GetProperty("moves").EnumerateArray());
        Assert.Equal([taken.ModelId], Directory.GetDirectories(Path.Combine(data, "backups", "models")).Select(Path.GetFileName));
    }

    private async Task<TrainerFolder> TrainedAsync(string name, int seed)
    {
        var folder = _runs.Written(name, TrainerJobs.Small(request => request with { Recipe = request.Recipe with { Seed = seed } }));
        await TrainerRuns.RunAsync(folder);
        return folder;
    }
}
