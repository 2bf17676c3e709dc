using BtcAgent.Client.Certificates;
using BtcAgent.Client.Operators;
using BtcAgent.Silo.Logs;
using BtcAgent.Silo.Models;
using BtcAgent.Silo.Settings;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace BtcAgent.Silo.Roles;

/// <summary>Prints the start-up message for a person.</summary>
internal static class StartupBanner
{
    private const int TightenedShown = 5;

    private static readonly TimeSpan TrainingWaitMax = TimeSpan.FromSeconds(60);

    /// <summary>
    /// On a terminal, waits for the training of the starter model, so that the sign-in link is the last line; at most a minute.
    /// </summary>
    public static async Task PrintLastAsync(WebApplication app, AgentSettings settings, CancellationToken cancellationToken)
    {
        var training = app.Services.GetServices<IHostedService>().OfType<StarterTraining>().FirstOrDefault()?.ExecuteTask;
        if (TerminalLine.IsTerminal && training is not null)
        {
            using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, app.Lifetime.ApplicationStopping);
            await Task.WhenAny(training, Task.Delay(TrainingWaitMax, TimeProvider.System, stopping.Token));
        }

        if (!app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            Print(app, settings);
        }
    }

    private static void Print(WebApplication app, AgentSettings settings)
    {
        if (settings.Role is not (NodeRole.All or NodeRole.Gateway))
        {
            Console.WriteLine($"  BtcAgent {settings.Role.ToString().ToLowerInvariant()} is up.");
            return;
        }

        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        var console = address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        var venue = settings.Venue switch
        {
            VenueKind.Simulator => "the embedded venue",
            VenueKind.Replay => $"a replay of {settings.Tapes.Length} tape(s)",
            VenueKind.BinanceTestnet => "Binance's test network",
            VenueKind.BinanceLive => "Binance: no order is sent until it is armed",
            _ => "Binance's live market data",
        };
        var key = app.Services.GetRequiredService<OperatorKey>();
        var (signIn, how) = SignIn(key, app.Services.GetRequiredService<SignInLinks>(), TerminalLine.IsTerminal);
        var grpc = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Skip(1).FirstOrDefault();
        Console.WriteLine($"""

              BtcAgent {(settings.Venue == VenueKind.BinanceLive ? "trades real money at" : settings.Venue == VenueKind.BinanceTestnet ? "trades at" : "trades on paper against")} {venue}.

              Sign in:  {console}{signIn}
              {how}
              Data:     {Path.GetFullPath(settings.DataFolder)}{(grpc is null ? "" : $"\n              gRPC:     {grpc}")}{Tls(app)}
              Ctrl-C stops it; nothing is lost.

            """);
    }

    /// <summary>The certificate, by which a person recognizes this agent in a browser's warning.</summary>
    private static string Tls(WebApplication app) => app.Services.GetService<GatewayCertificate>() is { } certificate
        ? $"\n              TLS:      {certificate.CertificatePath}, SHA-256 {GatewayCertificate.Fingerprint(certificate.Current)}"
        : "";

    /// <summary>
    /// Redirected output, such as a pod's log, contains neither a key nor a sign-in link, except for a new key.
    /// </summary>
    internal static (string Link, string How) SignIn(OperatorKey key, SignInLinks links, bool isTerminal)
    {
        var link = isTerminal ? links.Make() : "/signin";
        var how = (key.IsNew, isTerminal) switch
        {
            (true, true) => $"          This link works once, for 15 minutes. Later, use the operator key, which is shown only now: {key.Text}",
            (true, false) => $"          Use the operator key, which is shown only now and stored in {key.Path}: {key.Text}",
            (false, true) => $"          This link works once, for 15 minutes. Later, use the operator key in {key.Path}",
            (false, false) => $"          Use the operator key in {key.Path}",
        };
        return (link, how);
    }

    /// <summary>Reports once what others could read until now, since tightening does not undo that.</summary>
    public static void WarnTightened(IReadOnlyList<string> names)
    {
        if (names.Count > 0)
        {
            Console.WriteLine(
                $"  The data folder was open to other users of this machine and is closed now ({string.Join(", ", names.Take(TightenedShown))}"
                + $"{(names.Count > TightenedShown ? $" and {names.Count - TightenedShown} more" : "")})."
                + (names.Contains(OperatorKey.FileName) ? " They could read the operator key: replace it if you do not trust them all." : ""));
        }
    }
}
