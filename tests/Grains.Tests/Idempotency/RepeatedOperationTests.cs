using System.Collections.Immutable;
using BtcAgent.Contracts.Access;
using BtcAgent.Contracts.Confirmations;
using BtcAgent.Contracts.Control;
using BtcAgent.Contracts.Idempotency;
using BtcAgent.Contracts.Portfolios;
using BtcAgent.Contracts.Risk;
using BtcAgent.Domain;
using BtcAgent.Domain.Access;
using BtcAgent.Domain.Confirmations;
using BtcAgent.Domain.Models;
using BtcAgent.Domain.Portfolios;
using BtcAgent.Domain.Risk;
using BtcAgent.Grains.Storage;
using BtcAgent.Grains.Tests.Models;

namespace BtcAgent.Grains.Tests.Idempotency;

/// <summary>
/// The gateway was killed between doing and answering: the grains are asked for the same operation again, after what others did since.
/// </summary>
[Collection(ModelClusterCollection.Name)]
public sealed class RepeatedOperationTests(ModelCluster cluster) : IAsyncLifetime
{
    private const string Portfolio = "main";
    private const string Limit = nameof(RiskLimits.MaxOrderNotional);

    private readonly string _operation = Guid.NewGuid().ToString("N");

    private ITradingControlGrain Control => cluster.Grains.GetGrain<ITradingControlGrain>(ITradingControlGrain.Key);

    private IRiskGrain Risk => cluster.Grains.GetGrain<IRiskGrain>(Portfolio);

    private IAccessGrain Access => cluster.Grains.GetGrain<IAccessGrain>(IAccessGrain.Key);

    private IConfirmationsGrain Inbox => cluster.Grains.GetGrain<IConfirmationsGrain>(IConfirmationsGrain.Key);

    public async ValueTask InitializeAsync() => await Control.Resume("test begins", "test");

    public async ValueTask DisposeAsync()
    {
        cluster.Storage.Fails = null;
        await Control.Resume("test is over", "test");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Halt_RepeatedAfterAResume_LeavesTradingResumed(bool flatten)
    {
        await TwiceAsync(() => flatten ? Control.Flatten("enough", "ada") : Control.Halt("enough", "ada"), () => Control.Resume("better now", "bob"));

        Assert.Equal(BreakerMode.Active, (await Risk.GetStatus()).Breaker.Mode);
    }

    [Fact]
    public async Task Halt_LostBeforeItWasComplete_IsCarriedOutByTheRepeat()
    {
        cluster.Storage.Fails = GrainStateNames.Risk;
        var status = await OnceAsync(() => Control.Halt("enough", "ada"));
        Assert.NotNull(status.Pending);
        await cluster.RestartAsync(Control);
        cluster.Storage.Fails = null;
        await cluster.RestartAsync(Risk);
        Assert.Equal(BreakerMode.Active, (await Risk.GetStatus()).Breaker.Mode);

        Assert.Null((await OnceAsync(() => Control.Halt("enough", "ada"))).Pending);
        Assert.Equal(BreakerMode.Halted, (await Risk.GetStatus()).Breaker.Mode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Portfolio)]
    public async Task Resume_RepeatedAfterAHalt_LeavesTradingHalted(string? portfolio)
    {
        await Control.Halt("enough", "ada");
        await TwiceAsync(() => Control.Resume("better now", "ada", portfolio), () => Control.Halt("again", "bob", portfolio));

        Assert.Equal((BreakerMode.Halted, "bob: again"), ((await Risk.GetStatus()).Breaker.Mode, (await Risk.GetStatus()).Breaker.Reason));
    }

    [Fact]
    public async Task Resume_RepeatedAfterARiskBreakerTripped_LeavesItTripped()
    {
        await TwiceAsync(() => Control.Resume("better now", "ada"), () => Risk.Halt("DRAWDOWN: tripped by itself"));

        Assert.Equal("DRAWDOWN: tripped by itself", (await Risk.GetStatus()).Breaker.Reason);
    }

    [Fact]
    public async Task Arm_RepeatedAfterADisarm_ChangesNothing()
    {
        await TwiceAsync(() => Control.Arm("go", "ada"), () => Control.Disarm("stop", "bob"));
        cluster.Agent.MustBeArmed = true;
        var isArmed = await Control.IsArmed();
        cluster.Agent.MustBeArmed = false;

        Assert.False(isArmed);
    }

    [Fact]
    public async Task ChangeLimit_RepeatedAfterAnotherChange_KeepsTheLaterOne()
    {
        var before = (await Risk.GetLimits()).Changes.Length;
        var repeated = await TwiceAsync(() => Risk.ChangeLimit(Limit, 100, "ada", "a drill"), () => Risk.ChangeLimit(Limit, 200, "bob", "a drill"));

        await Risk.ChangeLimit(Limit, new RiskLimits().MaxOrderNotional, "ada", "as before");
        Assert.Equal(200, repeated.Values[Limit]);
        Assert.Equal(before + 2, repeated.Changes.Length);
    }

    [Fact]
    public async Task Move_RepeatedAfterAnotherMove_KeepsTheLaterStage()
    {
        var strategy = cluster.TakeStrategy();
        await cluster.RegisterAsync("moved-once", strategy);
        var repeated = await TwiceAsync(
            () => cluster.Registry.Move("moved-once", ModelStage.Shadow, "ada", "a drill"),
            () => cluster.Registry.Move("moved-once", ModelStage.Retired, "bob", "a drill"));

        Assert.Equal((null, ModelStage.Retired), (repeated.Refusal, repeated.Entry!.Stage));
        Assert.Equal(2, repeated.Entry.Moves.Length);
    }

    [Fact]
    public async Task Move_Reverted_IsRefusedToTheRepeatToo()
    {
        var strategy = cluster.TakeStrategy();
        await cluster.RegisterAsync("moved-back", strategy);
        cluster.Loader.Refusals["moved-back"] = "too large";
        var first = await OnceAsync(() => cluster.Registry.Move("moved-back", ModelStage.Shadow, "ada", "a drill"));
        cluster.Loader.Refusals.TryRemove("moved-back", out _);
        await cluster.RestartAsync(cluster.Registry);

        Assert.Contains("too large", first.Refusal, StringComparison.Ordinal);
        Assert.Equal(first, await OnceAsync(() => cluster.Registry.Move("moved-back", ModelStage.Shadow, "ada", "a drill")));
    }

    [Fact]
    public async Task CreateKey_Repeated_IssuesOneKeyAndKeepsItsSecret()
    {
        var name = $"n{_operation}"[..30];
        var first = await OnceAsync(() => Access.Create(Wanted(name, "a"), "ada"));
        await cluster.RestartAsync(Access);
        var second = await OnceAsync(() => Access.Create(Wanted(name, "b"), "ada"));

        Assert.Equal(first, second);
        Assert.Equal("a", Assert.Single((await Access.GetKeys()).Keys, key => key.Name == name).Digest);
    }

    [Fact]
    public async Task RotateKey_RepeatedAfterAnotherRotation_KeepsTheLaterSecret()
    {
        var key = (await Access.Create(Wanted($"r{_operation}"[..30], "a"), "ada")).Key!;
        var repeated = await TwiceAsync(() => Access.Rotate(key.Id, "b", TimeSpan.Zero), () => Access.Rotate(key.Id, "c", TimeSpan.Zero));

        Assert.Equal("c", repeated.Key!.Digest);
    }

    [Fact]
    public async Task RevokeKey_Repeated_AnswersAlike()
    {
        var key = (await Access.Create(Wanted($"v{_operation}"[..30], "a"), "ada")).Key!;
        var first = await OnceAsync(() => Access.Revoke(key.Id));

        Assert.Equal(first, await OnceAsync(() => Access.Revoke(key.Id)));
    }

    [Fact]
    public async Task Confirmation_RequestedAndConfirmedTwice_IsOneAndTheRepeatMayCarryOn()
    {
        var now = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow());
        Confirmation Ask(string id) => new()
        {
            Id = id,
            Verb = "arm",
            Subject = "",
            Summary = "arm",
            Command = "{}",
            Role = AccessRole.RiskManager,
            RequestedBy = "ada",
            Reason = "a drill",
            RequestedAt = now,
            ExpiresAt = now + TimeSpan.FromMinutes(5),
            Operation = _operation,
        };
        var asked = await OnceAsync(() => Inbox.Request(Ask($"1{_operation}")));
        var again = await OnceAsync(() => Inbox.Request(Ask($"2{_operation}")));
        Assert.Equal(asked.Confirmation, again.Confirmation);

        var id = asked.Confirmation!.Id;
        var first = await OnceAsync(() => Inbox.Confirm(id, "bob", AccessRole.Admin));
        await cluster.RestartAsync(Inbox);
        Assert.Equal(first.Confirmation, (await OnceAsync(() => Inbox.Confirm(id, "bob", AccessRole.Admin))).Confirmation);
        Assert.Null((await Inbox.Confirm(id, "eve", AccessRole.Admin)).Confirmation);
        await Inbox.Finish(id, isDone: true, "armed");
        Assert.Equal(ConfirmationState.Done, (await OnceAsync(() => Inbox.Confirm(id, "bob", AccessRole.Admin))).Confirmation!.Stored);
    }

    [Fact]
    public async Task AcceptBalances_Repeated_DoesNotAcceptWhatDiffersOnlySince()
    {
        var books = cluster.Grains.GetGrain<IPortfolioGrain>(Portfolio);
        var before = (await books.GetSnapshot()).Balances["USDT"];
        var first = await OnceAsync(() => AcceptAsync(books, before + 10));
        await cluster.RestartAsync(books);
        var repeat = await OnceAsync(() => AcceptAsync(books, before + 25));
        var later = await AcceptAsync(books, before);

        Assert.Equal(10, Assert.Single(first.Booked).Amount);
        Assert.Empty(repeat.Booked);
        Assert.Equal(15, Assert.Single(repeat.Unexplained).Amount);
        Assert.Equal(-10, Assert.Single(later.Booked).Amount);
    }

    private static async Task<AccountSettlement> AcceptAsync(IPortfolioGrain books, decimal account) => await books.Agree(new AccountReading
    {
        Revision = (await books.GetSnapshot()).Revision,
        Balances = ImmutableSortedDictionary<string, decimal>.Empty.Add("USDT", account),
        Dust = ImmutableSortedDictionary<string, decimal>.Empty.Add("USDT", 0.01m),
        ReadAt = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow()),
        Accepted = "ada: a drill",
    });

    private static NewApiKey Wanted(string name, string digest) => new(
        Guid.NewGuid().ToString("N")[..8], name, digest, AccessRole.Viewer, AccessScope.All, Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow().AddDays(1)));

    /// <summary>Does it, lets others act, restarts the grains, and does it again as the same operation.</summary>
    private async Task<T> TwiceAsync<T, TOther>(Func<Task<T>> act, Func<Task<TOther>> meanwhile)
    {
        await OnceAsync(act);
        await meanwhile();
        await cluster.RestartAsync(Control);
        await cluster.RestartAsync(Risk);
        await cluster.RestartAsync(cluster.Registry);
        await cluster.RestartAsync(Access);
        return await OnceAsync(act);
    }

    private async Task<T> OnceAsync<T>(Func<Task<T>> act)
    {
        CommandOperation.Current = _operation;
        return await act();
    }
}
