using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using BtcAgent.Cli.Output;
using BtcAgent.Research.Archives;
using Spectre.Console;

namespace BtcAgent.Cli.Downloads;

/// <summary>Downloads archives from Binance.</summary>
internal sealed partial class DataDownloadCommand : CliCommand
{
    private const int WeightMax = 3_000;

    private readonly TimeProvider _time;

    private readonly Option<string> _symbol = new("--symbol") { Description = "symbol, such as BTCUSDT", Required = true };

    private readonly Option<ArchiveKind> _kind = new("--kind") { Description = "klines, trades or aggTrades", Required = true };

    private readonly Option<string> _from = new("--from") { Description = "first day (UTC), as 2024-08-01", Required = true };

    private readonly Option<string> _to = new("--to") { Description = "last day (UTC)", Required = true };

    private readonly Option<string> _interval = new("--interval") { Description = "interval of klines, such as 1m, 1h or 1d", DefaultValueFactory = _ => "1m" };

    private readonly Option<string> _out = new("--out") { Description = "folder for the files", DefaultValueFactory = _ => "downloads" };

    private readonly Option<string> _archive = new("--archive") { Description = "base address of the archive", DefaultValueFactory = _ => "https://data.binance.vision/" };

    private readonly Option<string> _rest = new("--rest") { Description = "base address of the REST API, for days that the archive does not have yet", DefaultValueFactory = _ => "https://data-api.binance.vision/" };

    public DataDownloadCommand(TimeProvider time)
        : base(
            "download",
            "Downloads klines, trades or aggTrades and checks them against their checksums. An interrupted download continues.",
            "btcagent data download --symbol BTCUSDT --kind klines --interval 1m --from 2024-01-01 --to 2024-08-31")
    {
        _time = time;
        foreach (var option in new Option[] { _symbol, _kind, _from, _to, _interval, _out, _archive, _rest })
        {
            Options.Add(option);
        }
    }

    protected override int Run(ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var kind = arguments.GetValue(_kind);
        var plan = new DownloadPlan(
            Matching(_symbol.Name, arguments.GetValue(_symbol)!, Symbols()), kind,
            kind == ArchiveKind.Klines ? Matching(_interval.Name, arguments.GetValue(_interval)!, Intervals()) : "",
            Day(_from.Name, arguments.GetValue(_from)!), Day(_to.Name, arguments.GetValue(_to)!));
        if (plan.To < plan.From)
        {
            throw new UsageException($"--to {plan.To:yyyy-MM-dd} is before --from {plan.From:yyyy-MM-dd}");
        }

        using var client = new WeightedClient(WeightMax, _time);
        var download = new Download(client, Address(_archive.Name, arguments.GetValue(_archive)!), Address(_rest.Name, arguments.GetValue(_rest)!), arguments.GetValue(_out)!, _time);
        var files = output.WithProgress(report => download.RunAsync(plan, report, cancellationToken).GetAwaiter().GetResult());
        output.Result(files, console =>
        {
            foreach (var file in files.Files)
            {
                console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file.File}: {file.Bytes:N0} bytes, {file.Origin}"));
            }
        });
        return ExitCodes.Ok;
    }

    private static DateOnly Day(string option, string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : throw new UsageException($"{option} must be a day such as 2024-08-01, not '{text}'");

    private static string Matching(string option, string text, Regex pattern) =>
        pattern.IsMatch(text) ? text : throw new UsageException($"{option} '{text}' is not of the form {pattern}");

    private static Uri Address(string option, string text) =>
        Uri.TryCreate(text.EndsWith('/') ? text : $"{text}/", UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new UsageException($"{option} must be http://… or https://…, not '{text}'");

    [GeneratedRegex("^[A-Z0-9]{5,20}$")]
    private static partial Regex Symbols();

    [GeneratedRegex("^(1s|1m|3m|5m|15m|30m|1h|2h|4h|6h|8h|12h|1d|3d|1w|1M)$")]
    private static partial Regex Intervals();
}
