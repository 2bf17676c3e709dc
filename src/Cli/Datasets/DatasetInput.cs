using System.CommandLine;
using System.Globalization;
using BtcAgent.Cli.Inputs;
using BtcAgent.Cli.Output;
using BtcAgent.Research.Datasets;
using BtcAgent.Research.Leakage;

namespace BtcAgent.Cli.Datasets;

/// <summary>Options for the training data: bars or tapes with a label, or a stored dataset.</summary>
internal sealed class DatasetInput
{
    private readonly MarketInput _market = new();

    private readonly Option<string?> _dataset = new("--dataset") { Description = "a Parquet dataset written by 'dataset build', labels included" };

    private readonly Option<int> _horizon = new("--horizon")
    {
        Description = "horizon of the label: bars, or samples (seconds) of a tape",
        DefaultValueFactory = _ => 60,
    };

    private readonly Option<double> _barrier = new("--barrier-bps")
    {
        Description = "distance of the label's barriers in basis points; 0 labels by the return at the horizon",
        DefaultValueFactory = _ => 50,
    };

    /// <param name="command">The command to add the options to.</param>
    /// <param name="withStored">True to accept a stored dataset too.</param>
    public void AddTo(Command command, bool withStored)
    {
        _market.AddTo(command);
        command.Options.Add(_horizon);
        command.Options.Add(_barrier);
        if (withStored)
        {
            command.Options.Add(_dataset);
        }
    }

    /// <exception cref="UsageException">There is not exactly one source, or the label is impossible.</exception>
    public void Check(ParseResult arguments)
    {
        if (_market.Given(arguments) + (Stored(arguments) is null ? 0 : 1) != 1)
        {
            throw new UsageException("no training data: give exactly one of --bars, --tape and --dataset");
        }

        if (arguments.GetValue(_horizon) < 1 || !(arguments.GetValue(_barrier) is >= 0 and < 10_000))
        {
            throw new UsageException(string.Create(
                CultureInfo.InvariantCulture, $"--horizon must be 1 or more and --barrier-bps 0…9999, not {arguments.GetValue(_horizon)} and {arguments.GetValue(_barrier)}"));
        }
    }

    /// <summary>Returns the dataset, its description, and the result of its audit.</summary>
    public (StoredDataset Dataset, string Source, LookAheadReport Audit) Read(
        ParseResult arguments, CommandOutput output, Action<string, double> report, CancellationToken cancellationToken)
    {
        if (Stored(arguments) is { } path)
        {
            report("reading the dataset", 0);
            var stored = DatasetReader.ReadAsync(path, cancel: cancellationToken).GetAwaiter().GetResult();
            return (stored, string.Create(CultureInfo.InvariantCulture, $"{stored.Rows.Rows} rows of {Path.GetFileName(path)}"), LookAheadReport.NotAvailable);
        }

        var (data, source, audit) = _market.Read(arguments, output, report, cancellationToken);
        return (data.Label(arguments.GetValue(_horizon), arguments.GetValue(_barrier)), source, audit);
    }

    /// <summary>Returns null for a command without the option.</summary>
    private string? Stored(ParseResult arguments) =>
        arguments.CommandResult.Command.Options.Contains(_dataset) ? arguments.GetValue(_dataset) : null;
}
