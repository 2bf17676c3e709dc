using System.CommandLine;

namespace BtcAgent.Cli.Operations;

/// <summary>Options that the lists share.</summary>
internal static class ListOptions
{
    public static Option<string?> Portfolio() => new("--portfolio", "-p") { Description = "only this portfolio", HelpName = "ID" };

    public static Option<string?> Instrument() => new("--instrument") { Description = "only this instrument, such as BINANCE:BTCUSDT", HelpName = "ID" };

    public static Option<int> Limit(int most, int fallback = 20)
    {
        var limit = new Option<int>("--limit", "-n")
        {
            Description = $"how many of the newest, up to {most}",
            DefaultValueFactory = _ => fallback,
            HelpName = "N",
        };
        limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is var value && (value < 1 || value > most))
            {
                result.AddError($"--limit must be 1 to {most}, not {value}");
            }
        });
        return limit;
    }
}
