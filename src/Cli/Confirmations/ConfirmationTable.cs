using BtcAgent.Cli.Output;
using BtcAgent.Client.Api;
using BtcAgent.Domain.Access;

namespace BtcAgent.Cli.Confirmations;

/// <summary>Prints confirmations.</summary>
internal static class ConfirmationTable
{
    public static void Write(TextWriter text, IEnumerable<ConfirmationView> confirmations, int? width)
    {
        var table = new TextTable("id", "state", "until", "requested by", "needs", "command");
        foreach (var one in confirmations)
        {
            table.Add(
                one.Id,
                Figures.Word(one.State),
                Figures.Time(one.ExpiresAt),
                one.RequestedBy,
                AccessRoles.NameOf(one.Role),
                $"{one.Summary} ({one.Reason}){(one.DecidedBy is { } who ? $"; {who}: {one.Result}" : "")}");
        }

        foreach (var line in table.Whole(width))
        {
            text.WriteLine(line);
        }
    }
}
