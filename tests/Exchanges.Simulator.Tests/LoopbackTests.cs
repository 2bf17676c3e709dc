using BtcAgent.Exchanges.Simulator.Social;
using Microsoft.Extensions.Logging.Abstractions;

namespace BtcAgent.Exchanges.Simulator.Tests;

/// <summary>The simulations listen where their options say, and nowhere that an environment adds.</summary>
public sealed class LoopbackTests
{
    private const string Variable = "Kestrel__Endpoints__Extra__Url";

    [Fact]
    public async Task Start_EndpointInTheEnvironment_IsIgnored()
    {
        Environment.SetEnvironmentVariable(Variable, "http://127.0.0.1:0");
        try
        {
            await using var x = new SimulatedX(new SimulatedXOptions(), TimeProvider.System, NullLoggerFactory.Instance);
            await x.StartAsync(null, TestContext.Current.CancellationToken);
            Assert.Single(x.Addresses);
            await using var venue = await RunningVenue.StartAsync();
            Assert.Single(venue.Venue.Addresses);
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, null);
        }
    }
}
