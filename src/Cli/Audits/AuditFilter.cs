using System.CommandLine;
using System.Globalization;
using BtcAgent.Domain.Audit;
using BtcAgent.History.Audit;

namespace BtcAgent.Cli.Audits;

/// <summary>The options that choose entries of an audit.</summary>
internal sealed class AuditFilter
{
    private readonly Option<string?> _from = Day("--from", "first day, UTC");
    private readonly Option<string?> _to = Day("--to", "last day, UTC");
    private readonly Option<string?> _action = new("--action") { Description = "only this action, such as halt" };
    private readonly Option<string?> _actor = new("--actor") { Description = "only this actor, such as operator" };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _from, _to, _action, _actor })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Calls for each chosen entry with its stored line, oldest first.</summary>
    public void ForEach(string folder, ParseResult arguments, Action<AuditEntry, byte[]> read, CancellationToken cancellationToken)
    {
        var (from, to) = (arguments.GetValue(_from), arguments.GetValue(_to));
        var (action, actor) = (arguments.GetValue(_action), arguments.GetValue(_actor));
        foreach (var day in AuditFiles.Days(folder).Where(day =>
            string.CompareOrdinal(from ?? day, day) <= 0 && string.CompareOrdinal(day, to ?? day) <= 0))
        {
            AuditFiles.ForEachLine(
                AuditFiles.PathOf(folder, day),
                line =>
                {
                    if (AuditFormat.Read(line) is { } entry && (action ?? entry.Action) == entry.Action && (actor ?? entry.Actor) == entry.Actor)
                    {
                        read(entry, line.ToArray());
                    }
                },
                cancellationToken);
        }
    }

    private static Option<string?> Day(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            {
                result.AddError($"{name}: '{text}' is not a day such as 2026-11-29");
            }

            return text;
        },
    };
}
