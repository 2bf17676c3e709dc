using BtcAgent.Contracts.Settings;
using BtcAgent.Domain.Execution.Desk;
using BtcAgent.Domain.Execution.Venue;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BtcAgent.Grains.Execution;

/// <summary>
/// The one place that decides whether orders are real: they are when the host has registered an
/// <see cref="IExecutionVenue"/>.
/// </summary>
internal static class OrderDesks
{
    /// <summary>Closing orders of a replay do not age: its clock differs from the market's.</summary>
    private static readonly TimeSpan Unaged = TimeSpan.FromDays(1);

    public static bool AreReal(IServiceProvider services) => services.GetService<IExecutionVenue>() is not null;

    public static IOrderDesk Open(IServiceProvider services, IDeskHost host, SendFence fence, ILogger logger)
    {
        var agent = services.GetRequiredService<IOptions<AgentOptions>>().Value;
        var live = services.GetRequiredService<IOptions<LiveOptions>>().Value;
        var time = services.GetRequiredService<TimeProvider>();
        var orderLifetime = agent.WaitForDecisions ? Unaged : live.IntentLifetime;
        return services.GetService<IExecutionVenue>() is { } venue
            ? new LiveDesk(host, venue, live, agent.Paper, fence, orderLifetime, time, logger)
            : new PaperDesk(host, agent.Paper, fence, orderLifetime, time, logger);
    }
}
