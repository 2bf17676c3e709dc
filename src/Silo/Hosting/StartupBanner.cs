using BtcAgent.Client.Operators;
using BtcAgent.Silo.Cluster;
using BtcAgent.Silo.CommandLine;
using BtcAgent.Silo.Venues;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace BtcAgent.Silo.Hosting;

/// <summary>What a person sees once the agent is up.</summary>
internal static class StartupBanner
{
    public static void Print(WebApplication app, AgentSettings settings)
    {
        if (settings.Role is not (NodeRole.All or NodeRole.Gateway))
        {
            Console.WriteLine($"  BtcAgent {settings.Role.ToString().ToLowerInvariant()} is up.");
            return;
        }

        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        var console = address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        var key = app.Services.GetRequiredService<OperatorKey>().Text;
        var venue = settings.Venue switch
        {
            VenueKind.Simulator => "the embedded venue",
            VenueKind.Replay => $"a replay of {settings.Tapes.Length} tape(s)",
            VenueKind.BinanceTestnet => "Binance's test network",
            VenueKind.BinanceLive => "Binance: no order goes out until it is armed",
            _ => "Binance's live market data",
        };
        Console.WriteLine($"""

              BtcAgent {(settings.Venue == VenueKind.BinanceLive ? "trades real money at" : settings.Venue == VenueKind.BinanceTestnet ? "trades at" : "trades on paper against")} {venue}.

              Sign in:  {console}/signin?key={key}
              Data:     {Path.GetFullPath(settings.DataFolder)}
              Ctrl-C stops it; nothing is lost.

            """);
    }
}
