using BtcAgent.Grains.Activations;
using Microsoft.Extensions.Time.Testing;

namespace BtcAgent.Grains.Tests.Activations;

public sealed class ActivationFailuresTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Failed_ThreeTimesForOneReason_StandsStillUntilCleared()
    {
        var failures = new ActivationFailures(_time);
        failures.Failed("main/BTC", "a", mayPass: false);
        failures.Failed("main/BTC", "b", mayPass: false);
        failures.Failed("main/BTC", "b", mayPass: false);
        Assert.Null(failures.StandsStill("main/BTC"));
        Assert.Empty(failures.Standing);

        failures.Failed("main/BTC", "b", mayPass: false);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal("failed 4 times and is not tried again until an operator resumes: b", failures.StandsStill("main/BTC")!.Words);
        Assert.Null(failures.StandsStill("main/ETH"));
        Assert.Equal(["main/BTC"], failures.Standing.Keys);

        failures.Clear("main/BTC");
        Assert.Null(failures.StandsStill("main/BTC"));
    }

    [Fact]
    public void Failed_ForWhatMayPass_IsTriedAgainAfterAPause()
    {
        var failures = new ActivationFailures(_time);
        for (var i = 0; i < ActivationFailures.SameReasonMax; i++)
        {
            failures.Failed("main/BTC", "disk full", mayPass: true);
        }

        Assert.True(failures.StandsStill("main/BTC")!.MayPass);
        _time.Advance(ActivationFailures.RetryEvery);
        Assert.Null(failures.StandsStill("main/BTC"));
        Assert.NotEmpty(failures.Standing);
    }

    [Fact]
    public void Failed_ManyTimesForChangingReasons_StandsStill()
    {
        var failures = new ActivationFailures(_time);
        for (var i = 0; i < ActivationFailures.AnyReasonMax; i++)
        {
            Assert.Null(failures.StandsStill("main/BTC"));
            failures.Failed("main/BTC", $"reason {i}", mayPass: false);
        }

        Assert.NotNull(failures.StandsStill("main/BTC"));
    }
}
