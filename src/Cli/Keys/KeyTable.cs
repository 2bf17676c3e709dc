using BtcAgent.Cli.Output;
using BtcAgent.Client.Api;
using BtcAgent.Domain.Access;

namespace BtcAgent.Cli.Keys;

/// <summary>Prints keys.</summary>
internal static class KeyTable
{
    public static void Write(TextWriter text, IEnumerable<KeyView> keys, int? width)
    {
        var table = new TextTable("id", "name", "role", "state", "until", "last used", "portfolios", "commands");
        foreach (var key in keys)
        {
            table.Add(
                key.Id,
                key.Name,
                AccessRoles.NameOf(key.Role),
                Figures.Word(key.State),
                Figures.Time(key.ExpiresAt),
                key.LastUsedAt is { } used ? Figures.Time(used) : "never",
                key.Portfolios.Length == 0 ? "all" : string.Join(' ', key.Portfolios),
                key.Verbs.Length == 0 ? "all of the role" : string.Join(' ', key.Verbs));
        }

        foreach (var line in table.Lines(width))
        {
            text.WriteLine(line);
        }
    }
}
