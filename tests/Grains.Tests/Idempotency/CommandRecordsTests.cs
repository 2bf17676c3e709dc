using BtcAgent.Contracts.Idempotency;
using BtcAgent.Domain.Idempotency;
using BtcAgent.Grains.Storage;
using BtcAgent.Grains.Tests.Models;

namespace BtcAgent.Grains.Tests.Idempotency;

[Collection(ModelClusterCollection.Name)]
public sealed class CommandRecordsTests(ModelCluster cluster) : IAsyncLifetime
{
    private static readonly TimeSpan Keep = TimeSpan.FromHours(1);
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(20);
    private static readonly CommandAnswer Done = new(200, "application/json", "{}");

    private readonly string _id = $"{Random.Shared.Next(256):x2}{Guid.NewGuid():N}";

    private ICommandRecordsGrain Records => cluster.Grains.GetGrain<ICommandRecordsGrain>(ICommandRecordsGrain.KeyOf(_id));

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        cluster.Storage.Fails = null;
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Begin_ThousandAtOnce_OneRunsAndAllGetItsAnswer()
    {
        var turns = Enumerable.Range(0, 1_000).Select(_ => Records.Begin(_id, "same", Keep, Wait)).ToList();
        var first = await await Task.WhenAny(turns);
        Assert.Equal(CommandTurnKind.Run, first.Kind);
        await Records.Answer(_id, first.Record.Operation, Done);
        var all = await Task.WhenAll(turns);

        Assert.Single(all, turn => turn.Kind == CommandTurnKind.Run);
        Assert.Equal(999, all.Count(turn => turn.Kind == CommandTurnKind.Replay && turn.Record.Answer == Done));
    }

    [Fact]
    public async Task Begin_AfterARestartWithoutAnAnswer_CarriesOnTheSameOperation()
    {
        var first = await Records.Begin(_id, "same", Keep, Wait);
        await cluster.RestartAsync(Records);
        var again = await Records.Begin(_id, "same", Keep, Wait);

        Assert.Equal((CommandTurnKind.Run, first.Record.Operation), (again.Kind, again.Record.Operation));
    }

    [Fact]
    public async Task Begin_AfterARestart_ReplaysTheStoredAnswer()
    {
        var first = await Records.Begin(_id, "same", Keep, Wait);
        await Records.Answer(_id, first.Record.Operation, Done);
        await cluster.RestartAsync(Records);

        Assert.Equal(Done, (await Records.Begin(_id, "same", Keep, Wait)).Record.Answer);
        Assert.Equal(CommandTurnKind.Different, (await Records.Begin(_id, "other", Keep, Wait)).Kind);
    }

    [Fact]
    public async Task Begin_StoreFails_ThrowsAndNothingHasBegun()
    {
        cluster.Storage.Fails = GrainStateNames.CommandRecords;
        await Assert.ThrowsAnyAsync<Exception>(() => Records.Begin(_id, "same", Keep, Wait));
        cluster.Storage.Fails = null;

        Assert.Equal(CommandTurnKind.Run, (await Records.Begin(_id, "same", Keep, Wait)).Kind);
    }

    [Fact]
    public async Task Begin_FirstGivesUp_AWaitingRepeatCarriesOn()
    {
        var first = await Records.Begin(_id, "same", Keep, Wait);
        var waiting = Records.Begin(_id, "same", Keep, Wait);
        await Records.Release(_id, first.Record.Operation);

        Assert.Equal((CommandTurnKind.Run, first.Record.Operation), ((await waiting).Kind, (await waiting).Record.Operation));
    }

    [Fact]
    public async Task Sweep_EndedRecord_IsGone()
    {
        var first = await Records.Begin(_id, "same", TimeSpan.Zero, Wait);
        await Records.Answer(_id, first.Record.Operation, Done);
        await Records.Sweep();

        Assert.Equal(CommandTurnKind.Run, (await Records.Begin(_id, "other", Keep, Wait)).Kind);
    }

    [Fact]
    public void Keys_ContainTheGrainOfEveryDigest()
    {
        Assert.Equal(256, ICommandRecordsGrain.Keys.Distinct().Count());
        Assert.Contains(ICommandRecordsGrain.KeyOf(_id), ICommandRecordsGrain.Keys);
    }
}
