using BtcAgent.Domain;
using BtcAgent.Grains.Execution;

namespace BtcAgent.Grains.Tests.Execution;

public sealed class VenueAgreementTests
{
    private static readonly Timestamp Now = Timestamp.FromUnixMilliseconds(1_700_000_000_000);

    private readonly VenueAgreement _agreement = new();

    [Fact]
    public async Task Ask_WhileAComparisonRuns_AsksForAnotherOne()
    {
        Assert.True(_agreement.InDoubt);
        _agreement.Ask("start", doubt: true);
        await _agreement.WhenAskedAsync(TestContext.Current.CancellationToken);
        _agreement.Begin();
        Assert.False(_agreement.IsAsked);
        _agreement.Ask("meanwhile", doubt: false);
        Assert.True(_agreement.IsAsked);
        Assert.Equal("start", _agreement.Reason);

        _agreement.Begin();
        _agreement.Agree(Now);
        Assert.Equal((false, "agrees with the venue", Now), (_agreement.InDoubt, _agreement.Reason, _agreement.ReconciledAt));
        Assert.False(_agreement.WhenAskedAsync(TestContext.Current.CancellationToken).IsCompleted);
    }

    [Fact]
    public void Differ_KeepsADoubtAndRaisesNone()
    {
        _agreement.Agree(Now);
        _agreement.Differ("the venue does not answer");
        Assert.False(_agreement.InDoubt);
        _agreement.Doubt("no user data");
        _agreement.Differ("0.1 BTC");
        Assert.Equal((true, "0.1 BTC"), (_agreement.InDoubt, _agreement.Reason));
    }

    [Fact]
    public void StandStill_IsTheReasonWhateverIsAskedLater()
    {
        _agreement.Agree(Now);
        _agreement.Stop("failed 3 times");
        _agreement.Ask("the user data stream is connected again", doubt: true);
        Assert.Equal((true, "STANDS_STILL: failed 3 times", "failed 3 times"), (_agreement.InDoubt, _agreement.Reason, _agreement.StopReason));
    }
}
