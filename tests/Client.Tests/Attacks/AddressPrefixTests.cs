using System.Net;
using BtcAgent.Client.Attacks;
using Microsoft.Extensions.Time.Testing;

namespace BtcAgent.Client.Tests.Attacks;

public sealed class AddressPrefixTests
{
    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:1:ffff:ffff:ffff:ffff", true)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:2::1", false)]
    [InlineData("0.0.0.1", "0:0:0:1::", false)]
    public void Of_Addresses_OneSenderIsAnIPv4AddressOrAnIPv6Network(string one, string other, bool same) =>
        Assert.Equal(same, AddressPrefix.Of(IPAddress.Parse(one)) == AddressPrefix.Of(IPAddress.Parse(other)));

    [Fact]
    public void Record_OneSender_IsThrottledAfterItsLimitUntilTheMinuteIsOver()
    {
        var time = new FakeTimeProvider();
        var throttle = new FailureThrottle(time);
        var address = IPAddress.Parse("2001:db8::1");
        for (var i = 0; i < FailureThrottle.FailuresPerMinute; i++)
        {
            Assert.Null(throttle.Record(address));
        }

        time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(TimeSpan.FromSeconds(40), throttle.Record(IPAddress.Parse("2001:db8::2")));
        time.Advance(TimeSpan.FromSeconds(40));
        Assert.Null(throttle.Record(address));
    }
}
