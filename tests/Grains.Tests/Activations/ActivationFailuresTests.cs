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
        Assert.Null(failures.StandstillOf("main/BTC"));
        Assert.Empty(failures.Stopped);

        failures.Failed("main/BTC", "b", mayPass: false);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal("failed 4 times and is not retried until an operator resumes: b", failures.StandstillOf("main/BTC")!.Words);
        Assert.Null(failures.StandstillOf("main/ETH"));
        Assert.Equal(["main/BTC"], failures.Stopped.Keys);

        failures.Clear("main/BTC");
        Assert.Null(failures.StandstillOf("main/BTC"));
    }

    [Fact]
    public void Failed_ForWhatMayPass_IsTriedAgainAfterAPause()
    {
        var failures = new ActivationFailures(_time);
        for (var i = 0; i < ActivationFailures.SameReasonMax; i++)
        {
            failures.Failed("main/BTC", "disk full", mayPass: true);
        }

        Assert.True(failures.StandstillOf("main/BTC")!.MayPass);
        _time.Advance(ActivationFailures.RetryEvery);
        Assert.Null(failures.StandstillOf("main/BTC"));
        Assert.NotEmpty(failures.Stopped);
    }

    [Fact]
    public void Failed_ManyTimesForChangingReasons_StandsStill()
    {
        var failures = new ActivationFailures(_time);
        for (var i = 0; i < ActivationFailures.AnyReasonMax; i++)
        {
            Assert.Null(failures.StandstillOf("main/BTC"));
            failures.Failed("main/BTC", $"reason {i}", mayPass: false);
        }

        Assert.NotNull(failures.StandstillOf("main/BTC"));
    }
}
