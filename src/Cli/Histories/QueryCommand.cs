using System.CommandLine;
using System.Text.Json;
using BtcAgent.Cli.Output;
using BtcAgent.History.Queries;
using Spectre.Console;

namespace BtcAgent.Cli.Histories;

/// <summary>Answers SQL over the history.</summary>
internal sealed class QueryCommand : CliCommand
{
    private readonly Argument<string> _sql = new("sql") { Description = "one SELECT; the views are those of 'btcagent data list'" };
    private readonly HistoryPlaceOptions _place = new();
    private readonly ServerOptions _server = new();
    private readonly Option<bool> _csv = new("--csv") { Description = "print the rows as CSV" };
    private readonly Option<double> _timeout = new("--timeout") { Description = "longest time, s", DefaultValueFactory = _ => QueryLimits.Default.Timeout.TotalSeconds };
    private readonly Option<int> _rows = new("--max-rows") { Description = "most rows", DefaultValueFactory = _ => QueryLimits.Default.RowsMax };
    private readonly Option<int> _memory = new("--memory-mb") { Description = "memory, MiB", DefaultValueFactory = _ => QueryLimits.Default.MemoryMb };

    public QueryCommand()
        : base(
            "query",
            "Answers SQL over the agent's history, read-only, also while the agent runs: in its files, or on a server with --server.",
            "btcagent query \"SELECT count(*), sum(quantity) FROM trades\"")
    {
        Arguments.Add(_sql);
        _place.AddTo(this);
        _server.AddTo(this);
        Options.Add(_csv);
        Options.Add(_timeout);
        Options.Add(_rows);
        Options.Add(_memory);
    }

    protected override int Run(ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var limits = new QueryLimits(
            TimeSpan.FromSeconds(InRange("--timeout", arguments.GetValue(_timeout), 0.001, 86_400)),
            (int)InRange("--max-rows", arguments.GetValue(_rows), 1, 10_000_000),
            (int)InRange("--memory-mb", arguments.GetValue(_memory), 64, 1_048_576));
        var sql = arguments.GetValue(_sql)!;
        var answer = _server.ConnectionStringOf(arguments) is { } server
            ? new ServerDatabase(server, limits).QueryAsync(sql, cancellationToken)
            : new HistoryDatabase(_place.Reader(arguments), limits, TimeProvider.System).QueryAsync(sql, cancellationToken);
        var result = answer.GetAwaiter().GetResult();
        output.Result(ToJson(result), console =>
        {
            if (arguments.GetValue(_csv))
            {
                RowText.WriteCsv(console.Profile.Out.Writer, result.Columns, result.Rows);
            }
            else
            {
                console.Write(ToTable(result));
            }
        });
        if (result.IsTruncated)
        {
            output.Remark($"only the first {result.Rows.Count} rows: allow more with --max-rows, or write a file of the local history with 'btcagent data export'");
        }

        return ExitCodes.Ok;
    }

    private static double InRange(string option, double value, double least, double most) =>
        value >= least && value <= most ? value : throw new UsageException(FormattableString.Invariant($"{option} is {value}: give {least} to {most}"));

    private static JsonElement ToJson(QueryResult result)
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteStartArray("rows");
            foreach (var row in result.Rows)
            {
                RowText.WriteJson(json, result.Columns, row);
            }

            json.WriteEndArray();
            json.WriteBoolean("isTruncated", result.IsTruncated);
            json.WriteEndObject();
        }

        return JsonDocument.Parse(body.ToArray()).RootElement;
    }

    private static Table ToTable(QueryResult result)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var column in result.Columns)
        {
            table.AddColumn(new TableColumn(Markup.Escape(TerminalText.Of(column))).NoWrap());
        }

        foreach (var row in result.Rows)
        {
            table.AddRow([.. row.Select(value => new Text(TerminalText.Of(RowText.Of(value))))]);
        }

        return table;
    }
}
