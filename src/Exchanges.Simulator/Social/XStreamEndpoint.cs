using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace BtcAgent.Exchanges.Simulator.Social;

/// <summary>The filtered stream: lines as they come, and a blank one in each interval.</summary>
internal sealed class XStreamEndpoint(SimulatedXOptions options, XGate gate, XStreams streams, XFaults faults, Func<DateTimeOffset> now, TimeProvider time)
{
    public async Task HandleAsync(HttpContext context)
    {
        streams.Requested(now());
        if (!await gate.PassAsync(context, XEndpoint.Stream))
        {
            return;
        }

        if (streams.TryOpen(context.Abort) is not { } lines)
        {
            await XGate.ProblemAsync(context, 429, "ConnectionException", "TooManyConnections");
            return;
        }

        try
        {
            var interval = TimeSpan.FromSeconds(options.KeepAliveSeconds);
            await using var timer = time.CreateTimer(_ => KeepAlive(lines), null, interval, interval);
            context.Response.ContentType = "application/json; charset=utf-8";
            await context.Response.StartAsync(context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await foreach (var line in lines.ReadAllAsync(context.RequestAborted))
            {
                await context.Response.Body.WriteAsync(line, context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return; // The client has closed.
        }
        finally
        {
            streams.Closed(lines);
        }
    }

    private void KeepAlive(ChannelReader<byte[]> lines)
    {
        if (!faults.IsStreamSilent && !lines.Completion.IsCompleted)
        {
            streams.Send(XNotices.KeepAlive);
        }
    }
}
