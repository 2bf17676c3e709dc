using System.Globalization;
using BtcAgent.Contracts.Settings;
using BtcAgent.Exchanges.Simulator.Settings;
using BtcAgent.Silo.Models;
using Microsoft.Extensions.Configuration;

namespace BtcAgent.Benchmarks.FirstHour;

/// <summary>
/// What a new user's agent does in its first hour on the embedded market: return, fees, trades and reasons to wait, per seed.
/// <c>first-hour [--seeds N] [--first N] [--minutes N] [--set KEY=VALUE]… [--curve] [--promote]</c>
/// </summary>
internal static class FirstHourCommand
{
    public static int Run(string[] args)
    {
        int seeds = 10, first = 1, minutes = 60;
        bool curve = false, promotes = false;
        var settings = new Dictionary<string, string?>();
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--seeds" when Whole(args, ++i, out seeds):
                case "--first" when Whole(args, ++i, out first):
                case "--minutes" when Whole(args, ++i, out minutes):
                    break;
                case "--set" when ++i < args.Length && args[i].Split('=', 2) is [var key, var value]:
                    settings[key] = value;
                    break;
                case "--curve":
                    curve = true;
                    break;
                case "--promote":
                    promotes = true;
                    break;
                default:
                    Console.Error.WriteLine(
                        $"first-hour: unknown or incomplete '{args[Math.Min(i, args.Length - 1)]}'; use --seeds N, --first N, --minutes N (1 or more), --set KEY=VALUE, --curve, --promote");
                    return 2;
            }
        }

        Console.WriteLine("seed  return %  market %     fees  orders  fills (maker)  round trips  first trade  model and reasons to wait");
        var returns = new List<FirstHourResult>();
        for (var seed = first; seed < first + seeds; seed++)
        {
            var result = RunSeed(seed, TimeSpan.FromMinutes(minutes), settings, promotes);
            returns.Add(result);
            Print(result, curve);
        }

        var sorted = returns.Select(r => r.ReturnPercent).Order().ToArray();
        var median = (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        Console.WriteLine(FormattableString.Invariant(
            $"median {median:F3} %, worst {sorted[0]:F3} %, best {sorted[^1]:F3} %, fees {returns.Average(r => r.Fees):F0} on average; {returns.Count(r => r.Fills > 0)} of {returns.Count} traded"));
        return 0;
    }

    /// <summary>One seed with the settings of a new installation.</summary>
    public static FirstHourResult RunSeed(int seed, TimeSpan span, IReadOnlyDictionary<string, string?> settings, bool promotes = false)
    {
        var configuration = new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"))
            .AddInMemoryCollection(settings)
            .Build();
        var agent = Bound<AgentOptions>(configuration, AgentOptions.Section);
        agent.Paper.Seed = (ulong)seed;
        var venue = Bound<SimulatorOptions>(configuration, SimulatorOptions.Section);
        venue.Seed = seed;
        return new FirstHourRun(agent, venue, Bound<StarterOptions>(configuration, StarterOptions.Section), promotes).Run(span, CancellationToken.None);
    }

    private static T Bound<T>(IConfiguration configuration, string section)
        where T : new() => configuration.GetSection(section).Get<T>() ?? new T();

    private static void Print(FirstHourResult r, bool curve)
    {
        var waits = string.Join(", ", r.Waits.Take(6).Select(w => $"{w.Key} {w.Value}"));
        Console.WriteLine(FormattableString.Invariant(
            $"{r.Seed,4}  {r.ReturnPercent,8:F3}  {r.MarketPercent,8:F2}  {r.Fees,7:F0}  {r.Orders,6}  {r.Fills,5} {$"({r.MakerFills})",7}  {r.RoundTrips,11}  {r.FirstTradeMinute,7:F1} min  {r.Model}: {waits}; hash {r.Hash[..8]}"));
        if (curve)
        {
            Console.WriteLine("      equity by minute: " + string.Join(' ', r.Equity.Select(e => e.ToString("F0", CultureInfo.InvariantCulture))));
        }
    }

    private static bool Whole(string[] args, int at, out int value)
    {
        value = 0;
        return at < args.Length && int.TryParse(args[at], NumberStyles.None, CultureInfo.InvariantCulture, out value) && value > 0;
    }
}
