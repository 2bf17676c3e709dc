using BtcAgent.Domain.Strategies;
using BtcAgent.Strategies.Checks;
using BtcAgent.Strategies.Sources;

namespace BtcAgent.Strategies.Tests;

public sealed class StrategyTrialTests
{
    [Fact]
    public void Run_StrategyThatDoesNotEnd_IsReportedAfterTheLimit()
    {
        using var gate = new ManualResetEventSlim();
        using var entered = new ManualResetEventSlim();
        var endless = new StrategyDefinition("endless", "waits", [], _ =>
        {
            entered.Set();
            gate.Wait(TestContext.Current.CancellationToken);
            throw new ArgumentException("released");
        })
        {
            Source = "strategies/Endless.cs",
        };

        try
        {
            var message = Assert.Throws<StrategyException>(() => StrategyTrial.Run(endless, TimeSpan.FromMilliseconds(200))).Message;

            Assert.StartsWith("strategy strategies/Endless.cs does not end", message, StringComparison.Ordinal);
            Assert.Contains("a loop without an end", message, StringComparison.Ordinal);
        }
        finally
        {
            entered.Wait(TestContext.Current.CancellationToken);
            gate.Set();
        }
    }
}
